import { describe, expect, test } from 'vitest'
import { chargeCredits } from '../../src/actions/charge-credits.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { readStatus } from '../../src/actions/read-status.ts'
import { receiveEvent } from '../../src/actions/receive-event.ts'
import { startCheckout } from '../../src/actions/start-checkout.ts'
import { startPurchase } from '../../src/actions/start-purchase.ts'
import type { Deps } from '../../src/ports/deps.ts'
import type { Delivery } from '../tiny-provider.ts'
import { dieEverywhere, moments } from './crash.ts'
import { alice } from './deps.ts'

const deliver = (deps: Deps, { body, headers }: Delivery) => receiveEvent(deps, { payload: Buffer.from(body), headers })

const purchaseOf = { identity: alice, packId: 'uses20', quantity: 1, evidence: null }
const growth = {
  identity: alice,
  order: { planId: 'growth', interval: 'year', quantity: 1 },
  returnPath: null,
  promotionCode: null,
  evidence: null,
} as const

describe.each(moments)('a process that dies %s any call', (moment) => {
  test('starts one payment, once it is asked again', async () => {
    const deaths = await dieEverywhere(
      moment,
      async () => (deps) => startPurchase(deps, purchaseOf),
      async ({ bank }) => expect(bank.paymentCount()).toBe(1),
    )

    expect(deaths).toBeGreaterThan(4)
  })

  test('grants what was paid once, when the event is delivered again', async () => {
    const deaths = await dieEverywhere(
      moment,
      async ({ deps, bank }) => {
        const { purchase } = await startPurchase(deps, purchaseOf)
        bank.pays(purchase.providerPaymentId ?? '')
        const providerPaymentId = purchase.providerPaymentId ?? ''
        const delivery = bank.announces('event_1', { type: 'payment.changed', providerPaymentId })
        return (during) => deliver(during, delivery)
      },
      async ({ deps, told }) => {
        expect(await readCredits(deps, alice)).toMatchObject({ available: 23, remaining: { paid: 20 } })
        expect(new Set(told.map((effect) => effect.key)).size).toBe(1)
      },
    )

    expect(deaths).toBeGreaterThan(6)
  })

  test('ends with one subscription and the right status after the checkout', async () => {
    const deaths = await dieEverywhere(
      moment,
      async ({ deps, bank }) => {
        const { sessionId } = await startCheckout(deps, growth)
        bank.completes(sessionId, 'subscription_1')
        bank.bills({ providerSubscriptionId: 'subscription_1', items: [yearly] })
        return (during) => readStatus(during, { identity: alice, sessionId })
      },
      async ({ deps }) => {
        expect(await readStatus(deps, { identity: alice })).toMatchObject({ plan: { id: 'growth' }, access: true })
      },
    )

    expect(deaths).toBeGreaterThan(6)
  })

  test('opens one page to pay on, once it is asked again', async () => {
    await dieEverywhere(
      moment,
      async () => (deps) => startCheckout(deps, growth),
      async ({ deps }) => {
        const first = await startCheckout(deps, growth)
        expect(await startCheckout(deps, growth)).toEqual(first)
      },
    )
  })

  test('charges once for one key', async () => {
    const note = { description: 'a question', metadata: {}, amountMinor: null, currency: null }
    const deaths = await dieEverywhere(
      moment,
      async () => (deps) => chargeCredits(deps, { identity: alice, credits: 1, key: 'k1', note }),
      async ({ deps }) => expect(await readCredits(deps, alice)).toMatchObject({ available: 2, spent: 1 }),
    )

    expect(deaths).toBe(2)
  })
})

const yearly = {
  providerItemId: 'item_1',
  providerPriceId: 'price_1',
  priceKey: 'growth_yearly',
  quantity: 1,
  amountMinor: 79000,
  interval: 'year',
} as const
