import { isDeepStrictEqual } from 'node:util'
import { listEntries } from '../../src/actions/list-entries.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { verifyLedgers } from '../../src/actions/verify-ledgers.ts'
import type { LedgerEntry } from '../../src/domain/credits/operation.ts'
import type { EffectType } from '../../src/domain/event.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { type SubscriptionChange, termsOf } from '../../src/domain/subscription-change.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { alice } from '../actions/deps.ts'
import type { Recording } from './recording.ts'

/** All that somebody could tell afterwards, but for when and in which order it was written down. */
export type End = {
  customers: unknown
  subscriptions: unknown
  purchases: unknown
  checkouts: unknown
  mirrors: unknown
  attempts: readonly string[]
  brokenHistories: number
  credits: unknown
  entries: readonly string[]
  told: readonly string[]
  inbox: unknown
  flaws: unknown
}

export const endOf = async (deps: Deps, { moments }: Recording, told: readonly string[]): Promise<End> => {
  const { store } = deps
  const account = await store.accounts.find(alice.accountId)
  const ref = account?.ref ?? ''
  const questions = [...(moments.at(-1)?.truth.keys() ?? [])].map((question) => question.split(' '))
  const idsOf = (asked: string) => questions.flatMap(([question, id = '']) => (question === asked ? [id] : []))
  const all = async <Row extends object>(ids: readonly string[], find: (id: string) => Promise<Row | null>) =>
    Promise.all(ids.toSorted().map(async (id) => withoutTimes(await find(id), ref)))
  const subscriptions = await store.subscriptions.list(ref)
  const { items } = await listEntries(deps, { accountId: alice.accountId, cursor: null, limit: 100 })
  const { available, remaining, frozen, debt, spent } = await readCredits(deps, alice)
  const { pending, failed, dead } = await store.events.state()
  return {
    customers: account && { current: account.providerCustomerId, former: account.formerCustomerIds },
    subscriptions: await all(idsOf('findSubscription'), store.subscriptions.find),
    purchases: await all(idsOf('findPaymentIntent'), store.purchases.findByPayment),
    checkouts: await all(idsOf('findCheckoutSession'), store.checkouts.findBySession),
    mirrors: {
      invoices: sortedRows(await store.invoices.list(ref), ref),
      paymentMethods: sortedRows(await store.paymentMethods.list(ref), ref),
      disputes: sortedRows(await store.disputes.list(ref), ref),
      customers: sortedRows(await store.customers.list(ref), ref),
    },
    attempts: (await store.paymentAttempts.list(ref))
      .map((attempt) => JSON.stringify({ ...attempt, accountRef: '' }))
      .toSorted(),
    brokenHistories: brokenIn(await store.subscriptionChanges.list(ref), subscriptions),
    credits: { available, remaining, frozen, debt, spent },
    entries: netted(items.map((entry) => ({ ...entry, key: entry.key.replace(ref, 'alice') }))),
    told: lasting(told),
    inbox: { pending, failed, dead },
    flaws: (await verifyLedgers(deps)).unsound,
  }
}

const sortedRows = (rows: readonly object[], ref: string): readonly string[] =>
  rows.map((row) => JSON.stringify(withoutTimes(row, ref))).toSorted()

/** A history tells every step from where the last one ended, to what is true now. */
const brokenIn = (changes: readonly SubscriptionChange[], subscriptions: readonly Subscription[]): number =>
  subscriptions.filter((subscription) => {
    const own = changes
      .filter((change) => change.providerSubscriptionId === subscription.providerSubscriptionId)
      .toSorted((a, b) => a.number - b.number)
    const goesOn = own.every(
      ({ number, from }, index) => number === index + 1 && isDeepStrictEqual(from, own[index - 1]?.to ?? null),
    )
    return !(goesOn && isDeepStrictEqual(own.at(-1)?.to, termsOf(subscription)))
  }).length

/** Which of its states a dispute or a refund is seen in is chance; what it comes to is not. */
const netted = (entries: readonly LedgerEntry[]): readonly string[] => {
  const sums = new Map<string, number>()
  for (const { op, key, credits } of entries) {
    const about = op === 'dispute' || op === 'refund' ? key.slice(0, key.lastIndexOf(':')) : key
    sums.set(`${op} ${about}`, (sums.get(`${op} ${about}`) ?? 0) + credits)
  }
  return [...sums].map(([about, credits]) => `${about} ${credits}`).toSorted()
}

/** What passes unseen is not told: changes that were undone, and a beginning of which only the end was seen. */
const lasting = (told: readonly string[]): readonly string[] => {
  const keys = new Set(told)
  const hasEnded = (key: string) => keys.has(key.replace('subscription.activated:', 'subscription.ended:'))
  const passes = (key: string) =>
    passing.some((type) => key.startsWith(`${type}:`)) || (key.startsWith('subscription.activated:') && hasEnded(key))
  return [...keys].filter((key) => !passes(key)).toSorted()
}

const passing: readonly EffectType[] = [
  'subscription.changed',
  'purchase.failed',
  'invoice.payment_failed',
  'invoice.action_required',
  'dispute.opened',
]

/** When we wrote something down, and the name that we gave an account, are ours. */
const withoutTimes = (row: object | null, ref: string): unknown =>
  row && { ...row, accountRef: 'accountRef' in row && row.accountRef === ref ? 'alice' : null, settledAt: null }
