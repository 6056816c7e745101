import { listEntries } from '../../src/actions/list-entries.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { verifyLedgers } from '../../src/actions/verify-ledgers.ts'
import type { LedgerEntry } from '../../src/domain/credits/operation.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { alice } from '../actions/deps.ts'
import type { Recording } from './recording.ts'

/** All that somebody could tell afterwards, but for when and in which order it was written down. */
export type End = {
  subscriptions: unknown
  purchases: unknown
  checkouts: unknown
  credits: unknown
  entries: readonly string[]
  told: readonly string[]
  inbox: unknown
  flaws: unknown
}

export const endOf = async (deps: Deps, { moments }: Recording, told: readonly string[]): Promise<End> => {
  const { store } = deps
  const ref = (await store.accounts.find(alice.accountId))?.ref ?? ''
  const questions = [...(moments.at(-1)?.truth.keys() ?? [])].map((question) => question.split(' '))
  const idsOf = (asked: string) => questions.flatMap(([question, id = '']) => (question === asked ? [id] : []))
  const all = async <Row extends object>(ids: readonly string[], find: (id: string) => Promise<Row | null>) =>
    Promise.all(ids.toSorted().map(async (id) => withoutTimes(await find(id), ref)))
  const { items } = await listEntries(deps, { accountId: alice.accountId, cursor: null, limit: 100 })
  const { available, remaining, frozen, debt, spent } = await readCredits(deps, alice)
  const { pending, failed, dead } = await store.events.state()
  return {
    subscriptions: await all(idsOf('findSubscription'), store.subscriptions.find),
    purchases: await all(idsOf('findPaymentIntent'), store.purchases.findByPayment),
    checkouts: await all(idsOf('findCheckoutSession'), store.checkouts.findBySession),
    credits: { available, remaining, frozen, debt, spent },
    entries: netted(items.map((entry) => ({ ...entry, key: entry.key.replace(ref, 'alice') }))),
    told: lasting(told),
    inbox: { pending, failed, dead },
    flaws: (await verifyLedgers(deps)).unsound,
  }
}

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
  const passes = (key: string) =>
    key.startsWith('subscription.changed:') || keys.has(key.replace('subscription.activated:', 'subscription.ended:'))
  return [...keys].filter((key) => !passes(key) || key.startsWith('subscription.ended:')).toSorted()
}

/** When we wrote something down, and the name that we gave an account, are ours. */
const withoutTimes = (row: object | null, ref: string): unknown =>
  row && { ...row, accountRef: 'accountRef' in row && row.accountRef === ref ? 'alice' : null, settledAt: null }
