import type { Notification, NotificationKind, Recipient } from '../domain/notification.ts'

/** Who brings a message to its recipient: `mailNotifier({ … })`. Throws when it could not; it is asked again, later. */
export interface Notifier {
  send(notification: Notification): Promise<void>
}

/** Whom the host names. Without a `locale` they are written to in the house's. */
export type NamedRecipient = Pick<Recipient, 'email'> & { name?: string | null; locale?: string | null }

/** Those who answer for an account, never simply whoever clicked. */
export type FindRecipients = (
  accountId: string,
  kind: NotificationKind,
) => readonly NamedRecipient[] | Promise<readonly NamedRecipient[]>

/** Who is written to, and how. */
export type Correspondence = {
  notifier: Notifier
  /** Null: the account's own e-mail. */
  recipients: FindRecipients | null
  operators: readonly string[]
}
