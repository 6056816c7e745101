import { expect, it } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { later, newEvent, newPurchase, newSubscription, now } from './store-fixtures.ts'
import { openDatabase } from './store-world.ts'

const lease = { owner: 'o', now, until: later(now, 60_000) }

const effect = {
  type: 'subscription.ended',
  key: 'k',
  accountId: 'a',
  providerSubscriptionId: 'sub',
  planId: null,
} as const

const lookups: readonly [string, (store: BillingStore) => Promise<unknown>][] = [
  ['the account of a host’s name', ({ accounts }) => accounts.find('a')],
  ['the account of a customer', ({ accounts }) => accounts.findByCustomer('a')],
  [
    'the accounts of two at once',
    ({ accounts }) => Promise.all([accounts.findByCustomer('a'), accounts.findByCustomer('b')]),
  ],
  ['that of a former customer', ({ accounts }) => accounts.findByCustomer('former')],
  ['the purchase of a payment', ({ purchases }) => purchases.findByPayment('a')],
  [
    'the purchases of two at once',
    ({ purchases }) => Promise.all([purchases.findByPayment('a'), purchases.findByPayment('b')]),
  ],
  ['a purchase that is open', ({ purchases }) => purchases.open(newPurchase({ status: 'processing' }))],
  ['the checkout of a session', ({ checkouts }) => checkouts.findBySession('a')],
  ['the subscriptions of an account', ({ subscriptions }) => subscriptions.list('a')],
  ['what was saved and not told', ({ subscriptions }) => subscriptions.listUnfinished(later(now, 1), 10)],
  ['the invoices of an account', ({ invoices }) => invoices.list('a')],
  ['the history of an account', ({ subscriptionChanges }) => subscriptionChanges.list('a')],
  ['what is due in the inbox', ({ events }) => events.claimDue(lease, 16)],
  ['how much came lately', ({ events }) => events.countReceived(now, 50)],
  ['a book that is not all in the archive', ({ ledger }) => ledger.tidy(later(now, 1))],
  ['which effects are due', ({ effects }) => effects.claimDue(lease, 16)],
  ['which notifications are due', ({ notifications }) => notifications.claimDue(lease, 16)],
]

it.each(lookups)('%s is found without looking at everything', async (_what, lookUp) => {
  await using database = await openDatabase()
  const { connection } = database
  const store = mongoStore({ connection })
  await store.migrate()
  const subscription = newSubscription()
  const fetch = await store.subscriptions.startFetch(subscription.providerSubscriptionId)
  await store.subscriptions.save(subscription, fetch, now)
  await store.events.add(newEvent(), now)
  await store.effects.add([effect], now)

  await connection.db?.command({ profile: 2 })
  await lookUp(store)
  await connection.db?.command({ profile: 0 })

  const profile = await connection
    .collection('system.profile')
    .find({ ns: /\.billing_/, op: { $ne: 'insert' } })
    .toArray()
  const plans = profile.map(({ planSummary }) => String(planSummary)).filter((plan) => plan !== 'undefined')
  expect(plans).not.toEqual([])
  expect(plans.filter((plan) => plan.includes('COLLSCAN'))).toEqual([])
})
