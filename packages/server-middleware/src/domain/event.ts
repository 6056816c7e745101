import type { Currency, MinorAmount } from '@paywright/contract'
import type { Notice } from './notice.ts'

/** What an event of the provider means to us: a fact that carries ids only, because the truth is fetched. */
export type Fact =
  | { type: 'checkout.changed'; providerSessionId: string }
  | { type: 'payment.changed'; providerPaymentId: string }
  /** Some of a payment went back, or may. */
  | { type: 'claim.changed'; providerPaymentId: string }
  | { type: 'dispute.changed'; providerDisputeId: string; providerPaymentId: string | null }
  | { type: 'subscription.changed'; providerSubscriptionId: string }
  | { type: 'trial.ending'; providerSubscriptionId: string }
  | InvoiceFact
  | { type: 'customer.changed'; providerCustomerId: string }
  | { type: 'payment_method.changed'; providerPaymentMethodId: string }

/** `invoice.changed` in whichever way. The subscription is null where it bills none. */
export type InvoiceFact = {
  type: 'invoice.changed' | 'invoice.paid' | 'invoice.payment_failed' | 'invoice.action_required'
  providerInvoiceId: string
  providerSubscriptionId: string | null
}

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
  /** Of an account at the provider that we do not act for: `readFact` makes nothing of it. */
  isOfOtherAccount?: boolean
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
    case 'dispute.changed':
      return fact.providerPaymentId ? `payment:${fact.providerPaymentId}` : `dispute:${fact.providerDisputeId}`
    case 'subscription.changed':
    case 'trial.ending':
      return `subscription:${fact.providerSubscriptionId}`
    case 'customer.changed':
      return `customer:${fact.providerCustomerId}`
    case 'payment_method.changed':
      return `payment_method:${fact.providerPaymentMethodId}`
    default:
      return fact.providerSubscriptionId
        ? `subscription:${fact.providerSubscriptionId}`
        : `invoice:${fact.providerInvoiceId}`
  }
}

/** Facts with one subject, each once, without those that another one looks at anyway. */
export const distinctFacts = (facts: readonly Fact[]): readonly Fact[] => {
  const distinct = [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()]
  return distinct.filter((fact) => !distinct.some((other) => covers(other, fact)))
}

/** Whether the first of two facts with one subject looks at all that the second one does, and more. */
const covers = (fact: Fact, less: Fact): boolean => {
  switch (less.type) {
    case 'subscription.changed':
      return fact.type !== less.type
    case 'claim.changed':
      return fact.type === 'dispute.changed'
    case 'invoice.changed':
      return fact.type !== less.type && 'providerInvoiceId' in fact && fact.providerInvoiceId === less.providerInvoiceId
    default:
      return false
  }
}

type About<Type extends string, Content> = Content & { key: string; type: Type; accountId: string }

type OfSubscription = { providerSubscriptionId: string; planId: string | null }
type OfPurchase = { paymentId: string; packId: string }
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
  | Notice
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
