import { describe, expect, it } from 'vitest'
import { applyFact } from '../../src/actions/apply-fact.ts'
import { syncSubscription } from '../../src/actions/sync-subscription.ts'
import type { InvoiceFact } from '../../src/domain/event.ts'
import type { InvoiceSnapshot } from '../../src/domain/invoice.ts'
import { newDispute, newInvoiceSnapshot } from '../contracts/mirror-fixtures.ts'
import { type Billed, keysOf, openBilled, subscribeAt } from './bench-billing.ts'
import { openBench } from './deps.ts'

const invoiceAt = ({ bank, providerCustomerId }: Billed, changes: Partial<InvoiceSnapshot>): void => {
  const owed = { amountDueMinor: 2900, amountPaidMinor: 0, amountRemainingMinor: 2900 }
  const head = { providerInvoiceId: 'in_1', providerCustomerId, providerSubscriptionId: null, ...owed }
  bank.holds({ invoices: new Map([['in_1', newInvoiceSnapshot({ ...head, ...changes })]]) })
}

const factOf = (type: InvoiceFact['type'], providerSubscriptionId: string | null = null): InvoiceFact => ({
  type,
  providerInvoiceId: 'in_1',
  providerSubscriptionId,
})

describe('an invoice', () => {
  it('that is paid is told once, with what was paid', async () => {
    const billed = await openBilled()
    invoiceAt(billed, { status: 'paid', amountPaidMinor: 2900, amountRemainingMinor: 0 })
    for (const _again of [1, 2]) expect(await applyFact(billed.deps, factOf('invoice.paid'))).toBe(true)
    expect(billed.told).toEqual([
      {
        type: 'invoice.paid',
        key: 'invoice.paid:in_1',
        accountId: 'alice',
        providerInvoiceId: 'in_1',
        amountMinor: 2900,
        currency: 'usd',
        url: 'https://pay.example.com/invoice',
      },
    ])
  })

  it.each(['invoice.payment_failed', 'invoice.action_required'] as const)(
    'with %s is told once for each attempt, with what is owed',
    async (type) => {
      const billed = await openBilled()
      for (const attemptCount of [1, 1, 2]) {
        invoiceAt(billed, { status: 'open', attemptCount })
        await applyFact(billed.deps, factOf(type))
      }
      expect(keysOf(billed, type)).toEqual([`${type}:in_1:1`, `${type}:in_1:2`])
      expect(billed.told[0]).toMatchObject({ accountId: 'alice', amountDueMinor: 2900, currency: 'usd' })
    },
  )

  it.each([
    ['invoice.paid', 'open'],
    ['invoice.payment_failed', 'paid'],
    ['invoice.action_required', 'void'],
    ['invoice.changed', 'paid'],
  ] as const)('is not told as %s when it is %s', async (type, status) => {
    const billed = await openBilled()
    invoiceAt(billed, { status })
    expect(await applyFact(billed.deps, factOf(type))).toBe(true)
    expect(billed.told).toEqual([])
  })

  it('is kept as the provider has it, for its account', async () => {
    const billed = await openBilled()
    invoiceAt(billed, { status: 'open' })
    await applyFact(billed.deps, factOf('invoice.changed'))
    invoiceAt(billed, { status: 'void' })
    await applyFact(billed.deps, factOf('invoice.changed'))
    const kept = await billed.deps.store.invoices.list(billed.account.ref)
    expect(kept.map(({ providerInvoiceId, status }) => [providerInvoiceId, status])).toEqual([['in_1', 'void']])
    expect(kept[0]).not.toHaveProperty('lines')
  })

  it('of nobody we know is none of ours', async () => {
    const billed = await openBilled()
    invoiceAt(billed, { providerCustomerId: 'stranger' })
    expect(await applyFact(billed.deps, factOf('invoice.paid'))).toBe(false)
    expect(billed.told).toEqual([])
  })

  it('that the provider does not have changes nothing', async () => {
    const billed = await openBilled()
    expect(await applyFact(billed.deps, factOf('invoice.paid'))).toBe(false)
  })

  it('brings its subscription up to date', async () => {
    const billed = await openBilled()
    subscribeAt(billed, 'sub_1', { status: 'past_due' })
    invoiceAt(billed, { status: 'open', providerSubscriptionId: 'sub_1' })
    await applyFact(billed.deps, factOf('invoice.payment_failed', 'sub_1'))
    expect(await billed.deps.store.subscriptions.find('sub_1')).toMatchObject({ status: 'past_due' })
  })
})

describe('a trial', () => {
  const trialEndsAt = new Date('2026-12-01T00:00:00Z')
  const fact = { type: 'trial.ending', providerSubscriptionId: 'sub_1' } as const

  it('that is about to end is told, once for each end', async () => {
    const billed = await openBilled()
    for (const end of [trialEndsAt, trialEndsAt, new Date('2026-12-08T00:00:00Z')]) {
      subscribeAt(billed, 'sub_1', { status: 'trialing', trialEndsAt: end })
      expect(await applyFact(billed.deps, fact)).toBe(true)
    }
    expect(keysOf(billed, 'trial.ending')).toEqual([
      'trial.ending:sub_1:2026-12-01T00:00:00.000Z',
      'trial.ending:sub_1:2026-12-08T00:00:00.000Z',
    ])
    const [first] = billed.told.filter(({ type }) => type === 'trial.ending')
    expect(first).toMatchObject({ accountId: 'alice', planId: 'growth', endsAt: trialEndsAt })
  })

  it('that has ended meanwhile is not', async () => {
    const billed = await openBilled()
    subscribeAt(billed, 'sub_1', { status: 'active', trialEndsAt })
    expect(await applyFact(billed.deps, fact)).toBe(true)
    expect(keysOf(billed, 'trial.ending')).toEqual([])
  })
})

describe('a dispute', () => {
  /** Of a payment that is no purchase of ours. */
  const disputeAt = ({ bank, providerCustomerId, account }: Billed, changes: object = {}): void => {
    const { accountRef: _ours, ...dispute } = newDispute(account.ref, { providerDisputeId: 'dp_1', ...changes })
    bank.holds({ disputes: new Map([['dp_1', { ...dispute, providerPaymentId: 'pay_1' }]]) })
    bank.holds({ payments: new Map([['pay_1', { ...takenPayment, customer: providerCustomerId }]]) })
  }
  const takenPayment = {
    id: 'pay_1',
    customer: '',
    cents: 500,
    currency: 'usd',
    reference: null,
    state: 'taken',
    givenBack: new Map(),
  } as const
  const fact = { type: 'dispute.changed', providerDisputeId: 'dp_1', providerPaymentId: 'pay_1' } as const

  it('that is open is told once, with the day by which to answer', async () => {
    const billed = await openBilled()
    disputeAt(billed)
    for (const _again of [1, 2]) expect(await applyFact(billed.deps, fact)).toBe(true)
    expect(billed.told).toEqual([
      {
        type: 'dispute.opened',
        key: 'dispute.opened:dp_1',
        accountId: 'alice',
        paymentId: 'pay_1',
        disputeId: 'dp_1',
        amountMinor: 500,
        currency: 'usd',
        evidenceDueAt: expect.any(Date),
      },
    ])
  })

  it.each(['inquiry', 'won', 'lost'] as const)('that is %s is kept, and not told', async (status) => {
    const billed = await openBilled()
    disputeAt(billed, { status })
    await applyFact(billed.deps, fact)
    expect(await billed.deps.store.disputes.list(billed.account.ref)).toMatchObject([{ status }])
    expect(billed.told).toEqual([])
  })

  it('of nobody we know is none of ours', async () => {
    const billed = await openBilled()
    disputeAt(billed)
    expect(await applyFact({ ...billed.deps, store: openBench().deps.store }, fact)).toBe(false)
  })
})

describe('two subscriptions that may both take money', () => {
  const startedAt = (day: number) => new Date(Date.UTC(2026, 0, day))
  const duplicates = (billed: Billed) => keysOf(billed, 'subscription.duplicate')

  it('for the same group are told as a pair, once, whichever is looked at', async () => {
    const billed = await openBilled()
    subscribeAt(billed, 'sub_b', { startedAt: startedAt(1) })
    subscribeAt(billed, 'sub_a', { startedAt: startedAt(2) })
    for (const id of ['sub_b', 'sub_a', 'sub_b']) await syncSubscription(billed.deps, id)
    expect(duplicates(billed)).toEqual(['subscription.duplicate:sub_b:sub_a'])
    expect(billed.told.find(({ type }) => type === 'subscription.duplicate')).toMatchObject({
      accountId: 'alice',
      providerSubscriptionId: 'sub_a',
      olderSubscriptionId: 'sub_b',
      group: 'default',
    })
  })

  it('are none when one has ended, or never began', async () => {
    const billed = await openBilled()
    subscribeAt(billed, 'sub_a')
    subscribeAt(billed, 'sub_b', { status: 'canceled' })
    subscribeAt(billed, 'sub_c', { status: 'incomplete' })
    for (const id of ['sub_a', 'sub_b', 'sub_c', 'sub_a']) await syncSubscription(billed.deps, id)
    expect(duplicates(billed)).toEqual([])
  })
})
