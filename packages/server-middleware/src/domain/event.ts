import type { Currency, MinorAmount } from '@paywright/contract'

/** What an event of the provider means to us: a fact that carries ids only, because the truth is fetched. */
export type Fact =
  | { type: 'checkout.changed'; providerSessionId: string }
  | { type: 'payment.changed'; providerPaymentId: string }
  /** Some of a payment went back, or is disputed. */
  | { type: 'claim.changed'; providerPaymentId: string }
  | { type: 'subscription.changed'; providerSubscriptionId: string }
  /** Of a subscription. */
  | { type: 'invoice.paid'; providerInvoiceId: string; providerSubscriptionId: string }

/**
 * An event whose origin is proved. `type` is the provider's own word, for logs. `payload` is kept so that it can be
 * replayed, and read anew by a version that knows more; null once it was erased.
 */
export type ProviderEvent = {
  id: string
  type: string
  objectId: string | null
  /** Whom it is about, as the provider calls them. */
  providerCustomerId: string | null
  apiVersion: string | null
  mode: 'test' | 'live'
  payload: string | null
}

/** What a fact is about: facts with the same subject are told by one look at it. */
export const subjectOf = (fact: Fact): string => {
  switch (fact.type) {
    case 'checkout.changed':
      return `checkout:${fact.providerSessionId}`
    case 'payment.changed':
    case 'claim.changed':
      return `payment:${fact.providerPaymentId}`
    case 'subscription.changed':
    case 'invoice.paid':
      return `subscription:${fact.providerSubscriptionId}`
  }
}

/** Facts with one subject, each once, without those that another one looks at anyway. */
export const distinctFacts = (facts: readonly Fact[]): readonly Fact[] => {
  const byContent = new Map(facts.map((fact) => [JSON.stringify(fact), fact]))
  const types = new Set(facts.map(({ type }) => type))
  return [...byContent.values()].filter(({ type }) => !(covering[type] ?? []).some((other) => types.has(other)))
}

/** Which facts look at all that one looks at, and more. */
const covering: Readonly<Partial<Record<Fact['type'], readonly Fact['type'][]>>> = {
  'payment.changed': ['claim.changed'],
  'subscription.changed': ['invoice.paid'],
}

type About<Type extends string, Content> = Content & { key: string; type: Type; accountId: string }

type OfSubscription = { providerSubscriptionId: string; planId: string | null }
type OfPurchase = { paymentId: string; packId: string }
type OfInvoice = { providerInvoiceId: string; currency: Currency; url: string | null }
type Amount = { amountMinor: MinorAmount; currency: Currency }

/** What became of something, for the host's hooks and for notifications. `key` names the business fact: dedupe by it. */
export type Effect =
  /** `amountMinor` is what was really paid: nothing when a promotion made it free. */
  | About<'purchase.succeeded', OfPurchase & Amount & { packName: string; unit: string; credits: number }>
  | About<'purchase.failed', OfPurchase & { code: string }>
  /** Some of a payment went back, and `credits` with it. */
  | About<'purchase.refunded', Amount & { paymentId: string; refundId: string; credits: number }>
  | About<'subscription.activated', OfSubscription>
  | About<'subscription.changed', OfSubscription>
  | About<'subscription.ended', OfSubscription>
  /** An account pays for more than one at once. */
  | About<'subscription.duplicate', { providerSubscriptionIds: readonly string[] }>
  | About<'trial.ending', OfSubscription & { endsAt: Date }>
  | About<'invoice.paid', OfInvoice & { amountMinor: MinorAmount }>
  | About<'invoice.payment_failed', OfInvoice & { amountDueMinor: MinorAmount }>
  /** The bank wants to hear from whoever pays. */
  | About<'invoice.action_required', OfInvoice & { amountDueMinor: MinorAmount }>
  /** Without `evidenceDueAt` there is nothing that could be said against it. */
  | About<'dispute.opened', Amount & { paymentId: string; disputeId: string; evidenceDueAt: Date | null }>
  /**
   * No credits were bought: the bank declined, or there is no payment method (`no_payment_method`) or pack
   * (`not_for_sale`). With `authentication_required` somebody has to buy in person. Stopped, it waits to be set anew.
   */
  | About<'top_up.declined', { packId: string; code: string; isStopped: boolean }>
  /** A charge has taken what is available below the threshold. `scale` of these make one that people see. */
  | About<'credits.low', { unit: string; scale: number; available: number; threshold: number }>
  /** An event of the provider's was given up: nobody knows whose it was. */
  | { key: string; type: 'event.dead'; accountId: null; eventId: string; eventType: string; error: string }

export type EffectType = Effect['type']
export type EffectOf<Type extends EffectType> = Extract<Effect, { type: Type }>
