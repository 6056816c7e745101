import { expect, it } from 'vitest'
import { startCheckout } from '../../src/actions/start-checkout.ts'
import { syncCheckout } from '../../src/actions/sync-checkout.ts'
import { alice, openBench } from './deps.ts'

it('asks the provider one at a time, and ten who ask at once twice in all', async () => {
  const { deps, bank } = openBench()
  const order = { planId: 'growth', interval: 'month', quantity: 1 } as const
  const input = { identity: alice, order, returnPath: null, promotionCode: null, evidence: null }
  const { sessionId } = await startCheckout(deps, input)
  bank.completes(sessionId)
  const checkout = await deps.store.checkouts.findBySession(sessionId)
  if (!checkout) throw new Error('There is no checkout.')

  let [asked, inFlight, most] = [0, 0, 0]
  const findCheckoutSession: typeof bank.findCheckoutSession = async (id) => {
    asked += 1
    inFlight += 1
    most = Math.max(most, inFlight)
    await new Promise(setImmediate)
    inFlight -= 1
    return bank.findCheckoutSession(id)
  }
  const asking = { ...deps, provider: { ...bank, findCheckoutSession } }
  const all = await Promise.all(Array.from({ length: 10 }, () => syncCheckout(asking, checkout)))
  expect(all.map(({ status, paid }) => [status, paid])).toEqual(Array.from({ length: 10 }, () => ['complete', true]))
  expect(most).toBe(1)
  expect(asked).toBeLessThanOrEqual(2)
  expect(await deps.store.subscriptions.list(checkout.accountRef)).toHaveLength(1)
})
