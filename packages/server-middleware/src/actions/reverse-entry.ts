import { type BookEntry, ledgerIdOf } from '../domain/credits/entry.ts'
import type { LedgerRef, ReversedEntry } from '../domain/credits/operation.ts'
import { type GrantTerms, grantIdOf } from '../domain/credits/state.ts'
import { BillingError, isBillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import type { Charge } from './charge-credits.ts'
import { chooseUnit } from './choose-unit.ts'
import { ledgerOf } from './ledger-of.ts'
import { type Cause, noteOf, postAsOperator } from './post-as-operator.ts'
import { requireAccount } from './require-account.ts'

export type ReverseInput = Cause & { accountId: string; unit?: string | undefined; seq: number }

/**
 * Undoes a charge, a capture, a grant or an adjustment, once: what was spent comes back, what was granted is taken while
 * all of it is there. Again for the same reason is `replayed`.
 *
 * @throws BillingError `not_found`, `invalid_request` (something else undoes it), `insufficient_credits`,
 * `idempotency_conflict` (it was reversed before, for another reason)
 */
export const reverseEntry = async (deps: Deps, input: ReverseInput): Promise<Charge> => {
  const { accountId, seq } = input
  const note = noteOf(input)
  const unit = chooseUnit(deps, input.unit)
  const account = await requireAccount(deps, accountId)
  const entry = await findReversed(deps, ledgerOf(deps, account, unit), seq)
  if (!entry) throw new BillingError('not_found', `There is no entry ${seq} in ${accountId}'s ledger of ${unit}.`)
  const operation = { op: 'reverse', key: `reverse:${seq}`, entry, note } as const
  try {
    return await postAsOperator(deps, { account, unit, operation, credits: grantedBy(entry) })
  } catch (error) {
    throw isBillingError(error, 'idempotency_conflict') ? reversedBefore(seq) : error
  }
}

const reversedBefore = (seq: number): BillingError =>
  new BillingError('idempotency_conflict', `Entry ${seq} was reversed before. Nothing was changed.`)

const grantedBy = ({ legs }: ReversedEntry): number =>
  legs.reduce((sum, { account, credits }) => (account === 'available' && credits > 0 ? sum + credits : sum), 0)

/** Reads the book up to the entry, for the terms of the grants that it moves. */
const findReversed = async (deps: Deps, ledger: LedgerRef, seq: number): Promise<ReversedEntry | null> => {
  const opened = new Map<string, GrantTerms>()
  for await (const entry of readEntries(deps, ledger)) {
    for (const [grantId, terms] of grantsOf(entry)) opened.set(grantId, terms)
    if (entry.seq === seq) return toReversed(entry, opened)
  }
  return null
}

async function* readEntries({ store }: Deps, ledger: LedgerRef): AsyncIterable<BookEntry> {
  for await (const { entries } of store.ledger.books(ledgerIdOf(ledger))) {
    for await (const portion of entries) yield* portion
  }
}

const grantsOf = ({ seq, effects: { opens = [] } }: BookEntry): readonly (readonly [string, GrantTerms])[] =>
  opens.map((terms, index) => [grantIdOf(seq, index), terms])

const toReversed = ({ seq, op, legs }: BookEntry, opened: ReadonlyMap<string, GrantTerms>): ReversedEntry => {
  const moved = new Set(legs.map(({ grantId }) => grantId))
  return { seq, op, legs, terms: Object.fromEntries([...opened].filter(([grantId]) => moved.has(grantId))) }
}
