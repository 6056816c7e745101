import type { Notification } from '../domain/notification.ts'
import type { NotificationLog } from '../ports/notifications.ts'
import { createOutbox, type OutboxRow } from './outbox.ts'
import { createTable } from './table.ts'

export const createNotifications = (): NotificationLog => {
  const rows = createTable<OutboxRow<Notification>>()
  return {
    ...createOutbox(rows),
    async erase(accountId) {
      const theirs = rows.list().filter(({ item }) => item.effect.accountId === accountId)
      for (const { item } of theirs) rows.remove(item.key)
      return theirs.length
    },
  }
}
