import type { Notification } from '../domain/notification.ts'
import type { Outbox } from './outbox.ts'

/** Messages on their way. What was sent, or given up, is forgotten after 90 days. */
export interface NotificationLog extends Outbox<Notification> {
  /** Forgets all that was, or was to be, written about an account, and to whom. */
  erase(accountId: string): Promise<number>
}
