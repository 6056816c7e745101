import { describe, expect, it } from 'vitest'
import { distinctFacts, type Fact, subjectOf } from './event.ts'

const subscription: Fact = { type: 'subscription.changed', providerSubscriptionId: 's' }
const trial: Fact = { type: 'trial.ending', providerSubscriptionId: 's' }
const paid: Fact = { type: 'invoice.paid', providerInvoiceId: 'i', providerSubscriptionId: 's' }
const invoice: Fact = { ...paid, type: 'invoice.changed' }
const failed: Fact = { ...paid, type: 'invoice.payment_failed' }
const otherInvoice: Fact = { ...invoice, providerInvoiceId: 'j' }
const payment: Fact = { type: 'payment.changed', providerPaymentId: 'p' }
const claim: Fact = { type: 'claim.changed', providerPaymentId: 'p' }
const dispute: Fact = { type: 'dispute.changed', providerDisputeId: 'd', providerPaymentId: 'p' }

describe('the subject of a fact', () => {
  it.each([
    [subscription, 'subscription:s'],
    [trial, 'subscription:s'],
    [paid, 'subscription:s'],
    [{ ...paid, providerSubscriptionId: null }, 'invoice:i'],
    [payment, 'payment:p'],
    [claim, 'payment:p'],
    [dispute, 'payment:p'],
    [{ ...dispute, providerPaymentId: null }, 'dispute:d'],
    [{ type: 'checkout.changed', providerSessionId: 'c' }, 'checkout:c'],
    [{ type: 'customer.changed', providerCustomerId: 'u' }, 'customer:u'],
    [{ type: 'payment_method.changed', providerPaymentMethodId: 'm' }, 'payment_method:m'],
  ] as const)('%o', (fact, subject) => {
    expect(subjectOf(fact)).toBe(subject)
  })
})

describe('of facts with one subject', () => {
  it.each<[string, Fact[], Fact[]]>([
    ['each is looked at once', [payment, payment, { ...payment }], [payment]],
    ['all that a subscription is part of looks at it', [subscription, paid, trial], [paid, trial]],
    ['a subscription alone is looked at', [subscription, subscription], [subscription]],
    ['what is new of an invoice is told, and looks at it', [invoice, paid, failed], [paid, failed]],
    ['each invoice is looked at', [paid, otherInvoice], [paid, otherInvoice]],
    ['a dispute looks at all that went back', [claim, dispute], [dispute]],
    ['a payment is looked at beside what went back', [payment, claim], [payment, claim]],
  ])('%s', (_rule, facts, distinct) => {
    expect(distinctFacts(facts)).toEqual(distinct)
  })
})
