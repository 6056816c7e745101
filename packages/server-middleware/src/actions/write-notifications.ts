import type { Effect } from '../domain/event.ts'
import { type Audience, addressed, audienceOf, localeOr, type Recipient } from '../domain/notification.ts'
import type { Deps } from '../ports/deps.ts'
import type { Correspondence, NamedRecipient } from '../ports/notifier.ts'
import { deliverNotifications } from './deliver-notifications.ts'

/** Puts a message for each who is to hear of an effect into the outbox, once each, and starts sending. */
export const writeNotifications = async (deps: Deps, effect: Effect): Promise<void> => {
  const audience = audienceOf(effect)
  if (deps.correspondence === null || audience === null) return
  const named = await namedFor(deps, deps.correspondence, { effect, audience })
  const recipients = named.map((one) => toRecipient(deps, one))
  const now = deps.clock.now()
  const notifications = addressed({ effect, kind: audience.kind, now }, recipients)
  if (notifications.length === 0) return
  await deps.store.notifications.add(notifications, now)
  sendSoon(deps)
}

type Readers = { effect: Effect; audience: Audience }

const namedFor = (deps: Deps, correspondence: Correspondence, { effect, audience }: Readers) => {
  const { accountId } = effect
  if (audience.audience === 'operators' || accountId === null)
    return correspondence.operators.map((email) => ({ email }))
  return correspondence.recipients?.(accountId, audience.kind) ?? ownRecipient(deps, accountId)
}

const ownRecipient = async ({ store }: Deps, accountId: string): Promise<readonly NamedRecipient[]> => {
  const account = await store.accounts.find(accountId)
  return account?.email ? [{ email: account.email, name: account.name }] : []
}

const toRecipient = ({ policy }: Deps, { email, name = null, locale }: NamedRecipient): Recipient => ({
  email,
  name,
  locale: localeOr(locale, policy.locale),
})

/** Nobody waits for the mail. Should this come to nothing, the worker sends it. */
const sendSoon = (deps: Deps): void => {
  deps.clock.after(0, () => {
    deliverNotifications(deps).catch((err: unknown) => deps.logger.error({ err }, 'notifications_not_sent'))
  })
}
