import { describe, expect, test } from 'vitest'
import { deliverEffects } from '../../src/actions/deliver-effects.ts'
import { receiveEvent } from '../../src/actions/receive-event.ts'
import { startPurchase } from '../../src/actions/start-purchase.ts'
import { workOffEvents } from '../../src/actions/work-off-events.ts'
import type { Deps } from '../../src/ports/deps.ts'
import type { Delivery } from '../tiny-provider.ts'
import { alice } from './deps.ts'
import { Crash, type Moment, withCrash } from './faults.ts'
import { openPost, type Post } from './post.ts'

type Story = (deps: Deps) => Promise<unknown>

/**
 * Lets the process die at the first call of a story to a port, the second, and so on. The story comes again, as Stripe
 * or the worker see to, then the worker looks at the outbox, and everybody has heard, whatever was done when.
 */
const dieEverywhere = async (
  moment: Moment,
  prepare: (post: Post) => Promise<Story>,
  expected: { keys: (post: Post) => readonly string[]; sent: readonly string[] },
): Promise<number> => {
  for (let deaths = 0; ; deaths += 1) {
    const post = openPost()
    const story = await prepare(post)
    const { deps, crashed } = withCrash(post.deps, deaths + 1, moment)
    await story(deps).catch((error: unknown) => expect(error).toBeInstanceOf(Crash))
    post.forgets()
    post.passes(120_000)
    await story(post.deps)
    post.forgets()
    await deliverEffects(post.deps)
    expect([...new Set(post.keysTold())].toSorted()).toEqual(expected.keys(post).toSorted())
    expect([...new Set(post.sent)].toSorted()).toEqual(expected.sent.toSorted())
    const { effects, notifications } = post.deps.store
    for (const outbox of [effects, notifications])
      expect(await outbox.state()).toEqual({ oldestPendingAt: null, pending: 0, failed: 0, dead: 0 })
    if (!crashed()) return deaths
  }
}

const deliver = (deps: Deps, { body, headers }: Delivery) => receiveEvent(deps, { payload: Buffer.from(body), headers })

const pays = async ({ deps, bank }: Post): Promise<string> => {
  const { purchase } = await startPurchase(deps, { identity: alice, packId: 'uses20', quantity: 1, evidence: null })
  bank.pays(purchase.providerPaymentId ?? '')
  return purchase.providerPaymentId ?? ''
}

const keysOfSale = async ({ deps }: Post, paymentId: string) => {
  const purchase = await deps.store.purchases.findByPayment(paymentId)
  return `purchase.succeeded:${purchase?.id}`
}

describe.each<Moment>(['before', 'after'])('a process that dies %s any call', (moment) => {
  test('keeps no receipt from an owner', async () => {
    let sale = ''
    const deaths = await dieEverywhere(
      moment,
      async (post) => {
        const providerPaymentId = await pays(post)
        sale = await keysOfSale(post, providerPaymentId)
        const delivery = post.bank.announces('event_1', { type: 'payment.changed', providerPaymentId })
        return (deps) => deliver(deps, delivery)
      },
      { keys: () => [sale], sent: ['receipt alice@example.com'] },
    )
    expect(deaths).toBeGreaterThan(8)
  })

  test('keeps nobody from hearing of a refund', async () => {
    let keys: readonly string[] = []
    const deaths = await dieEverywhere(
      moment,
      async (post) => {
        const paymentId = await pays(post)
        const { providerRefundId } = await post.deps.provider.refundPayment({
          attemptId: 'refund_1',
          providerPaymentId: paymentId,
          amountMinor: 250,
        })
        keys = [await keysOfSale(post, paymentId), `purchase.refunded:${providerRefundId}`]
        const delivery = post.bank.announces('event_1', { type: 'claim.changed', providerPaymentId: paymentId })
        return (deps) => deliver(deps, delivery)
      },
      { keys: () => keys, sent: ['receipt alice@example.com', 'refunded alice@example.com'] },
    )
    expect(deaths).toBeGreaterThan(12)
  })

  test('keeps no event that is given up from the operators', async () => {
    const deaths = await dieEverywhere(
      moment,
      async ({ deps, bank }) => {
        deps.policy = { ...deps.policy, webhooks: 'queued' }
        deps.provider = {
          ...deps.provider,
          readFact: () => {
            throw new Error('unknown shape')
          },
        }
        await deliver(deps, bank.announces('event_1', null))
        return (during) => workOffEvents(during)
      },
      { keys: () => ['event.dead:event_1'], sent: ['dead_letter ops@example.com'] },
    )
    expect(deaths).toBeGreaterThan(3)
  })
})
