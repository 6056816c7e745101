import type { Notification } from '../domain/notification.ts'
import type { NotificationLog } from '../ports/notifications.ts'
import type { Database } from './database.ts'
import type { Declaration } from './indexes.ts'
import { createOutbox, type OutboxDocument, outboxIndexes } from './outbox.ts'

const keptDays = 90

const notifications: Declaration = {
  name: 'notifications',
  indexes: [
    ...outboxIndexes,
    { name: 'expiresAt', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
    { name: 'account', key: { 'item.effect.accountId': 1 } },
  ],
}

export const createNotifications = (database: Database): NotificationLog => {
  const rows = database.rows<OutboxDocument<Notification>>(notifications)
  return {
    ...createOutbox(rows, keptDays),
    erase: (accountId) => rows.removeMany({ 'item.effect.accountId': accountId }),
  }
}
