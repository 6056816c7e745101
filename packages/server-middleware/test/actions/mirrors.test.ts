import { describe, expect, it } from 'vitest'
import { applyFact } from '../../src/actions/apply-fact.ts'
import { withRecovery } from '../../src/domain/payment-attempt.ts'
import { openBilled, subscribeAt } from './bench-billing.ts'
import { openBench } from './deps.ts'

describe('a customer', () => {
  it('is kept as the provider has it', async () => {
    const { deps, bank, account, providerCustomerId } = await openBilled()
    const fact = { type: 'customer.changed', providerCustomerId } as const
    expect(await applyFact(deps, fact)).toBe(true)
    const known = await deps.store.customers.find(providerCustomerId)
    expect(known).toMatchObject({ accountRef: account.ref, email: 'alice@example.com', isDeleted: false })
    const deleted = { ...bank.customer(providerCustomerId), isDeleted: true, email: null }
    bank.holds({ customers: new Map([[providerCustomerId, deleted]]) })
    await applyFact(deps, fact)
    expect(await deps.store.customers.list(account.ref)).toMatchObject([{ isDeleted: true, email: null }])
  })

  it('of nobody we know is none of ours, and leaves no trace', async () => {
    const { deps } = openBench()
    expect(await applyFact(deps, { type: 'customer.changed', providerCustomerId: 'stranger' })).toBe(false)
    expect(await deps.store.customers.startFetch('stranger')).toBe(1)
  })
})

describe('a customer whom the provider no longer knows', () => {
  const open = async (mode: 'test' | 'live') => {
    const billed = await openBilled()
    const { deps, bank, account, providerCustomerId } = billed
    subscribeAt(billed, 'sub_1')
    await applyFact(deps, { type: 'subscription.changed', providerSubscriptionId: 'sub_1' })
    const fact = { type: 'customer.changed', providerCustomerId } as const
    await applyFact(deps, fact)
    const provider = { ...bank, mode, findCustomer: async () => null, findSubscription: async () => null }
    await applyFact({ ...deps, provider }, fact)
    return { store: deps.store, account, providerCustomerId }
  }

  it('was wiped with the test data, and their subscriptions with them', async () => {
    const { store, account, providerCustomerId } = await open('test')
    expect(await store.customers.find(providerCustomerId)).toMatchObject({ isDeleted: true, email: null })
    const left = { providerCustomerId: null, formerCustomerIds: [providerCustomerId] }
    expect(await store.accounts.findByRef(account.ref)).toMatchObject(left)
    expect(await store.subscriptions.list(account.ref)).toMatchObject([{ status: 'canceled', endReason: 'other' }])
    const [change] = (await store.subscriptionChanges.list(account.ref)).toReversed()
    expect(change).toMatchObject({ kind: 'churn', endedBy: 'other' })
  })

  it('is somebody of another account of the provider’s, when they are live: nothing follows', async () => {
    const { store, account, providerCustomerId } = await open('live')
    expect(await store.customers.find(providerCustomerId)).toMatchObject({ isDeleted: false })
    expect(await store.accounts.findByRef(account.ref)).toMatchObject({ providerCustomerId, formerCustomerIds: [] })
    expect(await store.subscriptions.list(account.ref)).toMatchObject([{ status: 'active' }])
  })
})

describe('a payment method', () => {
  it('is kept for whoever has it, and known as detached once it is', async () => {
    const { deps, bank, account, providerCustomerId } = await openBilled()
    bank.holds({ cards: new Map([[providerCustomerId, 'card_good']]) })
    const fact = { type: 'payment_method.changed', providerPaymentMethodId: `card_of_${providerCustomerId}` } as const
    expect(await applyFact(deps, fact)).toBe(true)
    expect(await deps.store.paymentMethods.list(account.ref)).toMatchObject([{ last4: '0001', isAttached: true }])
    bank.loses(providerCustomerId)
    expect(await applyFact(deps, fact)).toBe(true)
    expect(await deps.store.paymentMethods.list(account.ref)).toMatchObject([{ last4: '0001', isAttached: false }])
  })

  it('of nobody we know is none of ours', async () => {
    const { deps, bank } = openBench()
    bank.holds({ cards: new Map([['stranger', 'card_good']]) })
    const fact = { type: 'payment_method.changed', providerPaymentMethodId: 'card_of_stranger' } as const
    expect(await applyFact(deps, fact)).toBe(false)
    expect(await deps.store.paymentMethods.find('card_of_stranger')).toBeNull()
  })
})

describe('a payment', () => {
  it('has each attempt at it written down once, also when it buys nothing of ours', async () => {
    const { deps, bank, account, providerCustomerId } = await openBilled()
    const payment = { id: 'pay_1', customer: providerCustomerId, cents: 500, currency: 'usd', reference: null }
    const fact = { type: 'payment.changed', providerPaymentId: 'pay_1' } as const
    for (const state of ['waiting', 'refused', 'refused', 'taken'] as const) {
      bank.holds({ payments: new Map([['pay_1', { ...payment, state, givenBack: new Map() }]]) })
      expect(await applyFact(deps, fact)).toBe(state !== 'waiting')
    }
    const attempts = withRecovery(await deps.store.paymentAttempts.list(account.ref))
    expect(attempts).toMatchObject([
      { outcome: 'failed', declineCode: 'card_declined', isRecovered: true },
      { outcome: 'succeeded', declineCode: null, isRecovered: false },
    ])
  })
})
