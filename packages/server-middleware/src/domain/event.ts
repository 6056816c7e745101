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

/** What became of something, for the host's hooks and for notifications. `key` names the business fact: dedupe by it. */
export type Effect =
  | { key: string; type: 'purchase.succeeded'; accountId: string; paymentId: string; packId: string; credits: number }
  | { key: string; type: 'purchase.failed'; accountId: string; paymentId: string; packId: string; code: string }
  | {
      key: string
      type: 'subscription.activated'
      accountId: string
      providerSubscriptionId: string
      planId: string | null
    }
  | {
      key: string
      type: 'subscription.changed'
      accountId: string
      providerSubscriptionId: string
      planId: string | null
    }
  | {
      key: string
      type: 'subscription.ended'
      accountId: string
      providerSubscriptionId: string
      planId: string | null
    }
  /**
   * No credits were bought: the bank declined, or there is no payment method (`no_payment_method`) or pack
   * (`not_for_sale`). With `authentication_required` somebody has to buy in person. Stopped, it waits to be set anew.
   */
  | {
      key: string
      type: 'top_up.declined'
      accountId: string
      packId: string
      code: string
      isStopped: boolean
    }

export type EffectType = Effect['type']
export type EffectOf<Type extends EffectType> = Extract<Effect, { type: Type }>
