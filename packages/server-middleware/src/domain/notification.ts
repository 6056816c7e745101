import type { Effect, EffectOf, EffectType } from './event.ts'

/** Which effects somebody is written to about, and what kind of message that is. */
const kinds = {
  'purchase.succeeded': 'receipt',
  'purchase.failed': null,
  'purchase.refunded': 'refunded',
  'subscription.activated': null,
  'subscription.changed': null,
  'subscription.ended': 'subscription_canceled',
  'subscription.duplicate': 'duplicate_subscription',
  'trial.ending': 'trial_ending',
  'invoice.paid': 'receipt',
  'invoice.payment_failed': 'payment_failed',
  'invoice.action_required': 'action_required',
  'dispute.opened': 'dispute_opened',
  'top_up.declined': 'top_up_declined',
  'credits.low': 'low_credits',
  'event.dead': 'dead_letter',
} as const satisfies Readonly<Record<EffectType, string | null>>

type Kinds = typeof kinds

export type NotificationKind = NonNullable<Kinds[EffectType]>

/** The effects that messages of a kind are about. */
export type EffectBehind<Kind extends NotificationKind> = {
  [Type in EffectType]: Kinds[Type] extends Kind ? EffectOf<Type> : never
}[EffectType]

/** `locale` is the language, and the way to write figures, that they read. */
export type Recipient = { email: string; name: string | null; locale: string }

/** A message that somebody is owed. `key` names the fact and whom it is told: the same again is the same message. */
export type Notification<Kind extends NotificationKind = NotificationKind> = {
  [Each in Kind]: { key: string; kind: Each; effect: EffectBehind<Each>; recipient: Recipient }
}[Kind]

/** What only those who run the app can do something about. */
const forOperators: ReadonlySet<NotificationKind> = new Set(['dispute_opened', 'dead_letter', 'duplicate_subscription'])

export type Audience = { kind: NotificationKind; audience: 'owners' | 'operators' }

/** Who is written to about an effect; null when nobody is. Where no money moved there is no receipt. */
export const audienceOf = (effect: Effect): Audience | null => {
  const kind = kinds[effect.type]
  if (kind === null || (kind === 'receipt' && 'amountMinor' in effect && effect.amountMinor === 0)) return null
  return { kind, audience: forOperators.has(kind) ? 'operators' : 'owners' }
}

export type Occasion = { effect: Effect; kind: NotificationKind; now: Date }

/** One message for each address, as it was first named, whatever the case of its letters. */
export const addressed = (occasion: Occasion, recipients: readonly Recipient[]): Notification[] => {
  const { effect, kind } = occasion
  const byAddress = new Map<string, Recipient>()
  for (const recipient of recipients) {
    const address = recipient.email.toLowerCase()
    if (!byAddress.has(address)) byAddress.set(address, recipient)
  }
  const reason = reasonOf(occasion)
  return [...byAddress].map(
    ([address, recipient]) => ({ key: `${reason}:${address}`, kind, effect, recipient }) as Notification,
  )
}

/** Each effect is one, but what kills one event mostly kills many: the first of its type speaks for the whole hour. */
const reasonOf = ({ effect, now }: Occasion): string =>
  effect.type === 'event.dead' ? `event.dead:${effect.eventType}:${now.toISOString().slice(0, 13)}` : effect.key

/** The language tag if it is one, or else the house's. */
export const localeOr = (locale: string | null | undefined, otherwise: string): string => {
  try {
    return Intl.getCanonicalLocales(locale ?? otherwise)[0] ?? otherwise
  } catch {
    return otherwise
  }
}
