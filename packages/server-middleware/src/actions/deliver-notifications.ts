import { BillingError } from '../domain/errors.ts'
import type { Notification } from '../domain/notification.ts'
import type { Deps } from '../ports/deps.ts'
import type { Notifier } from '../ports/notifier.ts'
import { dispatchDue, type Line } from './dispatch.ts'

const notificationsAtOnce = 8

/** Sends the messages that are due. Each is tried on its own: one that cannot be sent holds no other up. */
export const deliverNotifications = async (deps: Deps, signal?: AbortSignal): Promise<number> =>
  deps.correspondence === null ? 0 : dispatchDue(deps, notificationLine(deps), signal)

const requireNotifier = ({ correspondence }: Deps): Notifier => {
  if (correspondence) return correspondence.notifier
  throw new BillingError('misconfigured', 'Nothing sends messages here: hand createBilling a notifications.notifier.')
}

/** The way of a message. Where nothing sends any, it fails. */
export const notificationLine = (deps: Deps): Line<Notification> => ({
  name: 'notification',
  outbox: deps.store.notifications,
  atOnce: notificationsAtOnce,
  deliver: async (notification) => {
    await requireNotifier(deps).send(notification)
    deps.logger.info(fieldsOf(notification), 'notification_sent')
  },
  fieldsOf,
})

/** Not the address: logs are kept elsewhere, and longer. */
const fieldsOf = ({ kind, effect }: Notification) => ({ kind, effect: effect.key, accountId: effect.accountId })
