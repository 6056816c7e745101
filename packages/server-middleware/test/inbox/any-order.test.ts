import { describe, expect, it } from 'vitest'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { depth } from '../ledger/depth.ts'
import { endInOrder, findDeviation } from './explore.ts'
import { catalog, histories } from './histories.ts'
import { record } from './recording.ts'

const schedules = Math.ceil(depth(2_000, 100_000) / Object.keys(histories).length)
const anywhere = Math.floor(Math.random() * 2 ** 30)
const timeout = 30_000 + schedules * 100

describe('whatever comes late, twice, at once, to somebody who dies of it, or never, all ends as it does in order', () => {
  it.each(Object.entries(histories))('%s', { timeout }, async (_name, story) => {
    const recording = await record(catalog, story)
    const { inbox, flaws } = await endInOrder(recording)
    expect({ inbox, flaws }).toEqual({ inbox: { pending: 0, failed: 0, dead: 0 }, flaws: [] })

    const deviation = await findDeviation(recording, { from: anywhere, schedules })
    if (deviation)
      expect(deviation, `seed ${deviation.seed}`).toEqual({ ...deviation, end: await endInOrder(recording) })
  })
})

describe('the schedules find it when', () => {
  const mutants: readonly { fault: string; history: string; open: () => BillingStore }[] = [
    {
      fault: 'an older fetch of a subscription is saved over a newer one',
      history: 'a subscription that renews, fails and recovers',
      open: () => {
        const store = memoryStore()
        let fetches = 0
        const startFetch = async () => 0
        const save: BillingStore['subscriptions']['save'] = (subscription, _fetch, now) => {
          fetches += 1
          return store.subscriptions.save(subscription, fetches, now)
        }
        return { ...store, subscriptions: { ...store.subscriptions, startFetch, save } }
      },
    },
    {
      fault: 'an older fetch of a payment is saved over a newer one',
      history: 'a delayed payment that fails',
      open: () => {
        const store = memoryStore()
        const settle: BillingStore['purchases']['settle'] = (id, change) => store.purchases.settle(id, change)
        return { ...store, purchases: { ...store.purchases, settle } }
      },
    },
    {
      fault: 'what fails is taken for done',
      history: 'a purchase that is refunded in parts',
      open: () => {
        const store = memoryStore()
        const add: BillingStore['events']['add'] = async (event, now) => {
          const claim = await store.events.claim(event, { owner: 'nobody', now, until: now })
          await store.events.settle([event.id], 'nobody', { state: 'done', now })
          return claim.outcome === 'mine' ? 'added' : 'known'
        }
        return { ...store, events: { ...store.events, add } }
      },
    },
    {
      fault: 'a key is not remembered',
      history: 'a purchase that is declined, then paid',
      open: () => {
        const store = memoryStore()
        let times = 0
        const post: BillingStore['ledger']['post'] = (ledger, operation) => {
          times += 1
          return store.ledger.post(ledger, { ...operation, key: `${operation.key} ${times}` })
        }
        return { ...store, ledger: { ...store.ledger, post } }
      },
    },
  ]

  it.each(mutants)('$fault', { timeout }, async ({ history, open }) => {
    const story = histories[history]
    if (!story) throw new Error(`There is no history of ${history}.`)
    const recording = await record(catalog, story)
    expect(await findDeviation(recording, { from: 0, schedules: 1_000, open })).not.toBeNull()
  })
})
