import type { ChargeResponse, CheckResponse, Credits, Entry, EntryType, HoldResponse, Page } from '@paywright/contract'
import type { Charge } from '../../actions/charge-credits.ts'
import type { CreditCheck } from '../../actions/check-credits.ts'
import type { HeldCredits } from '../../actions/hold-credits.ts'
import type { EntryPage } from '../../actions/list-entries.ts'
import { scaleOf } from '../../domain/catalog.ts'
import type { Balance, LedgerEntry } from '../../domain/credits/operation.ts'
import type { Deps } from '../../ports/deps.ts'
import { toTimestamp, toTimestampOrNull } from './timestamp.ts'

export const toCredits = ({ catalog }: Deps, balance: Balance, unit: string = catalog.unit): Credits => ({
  unit,
  scale: scaleOf(catalog, unit),
  available: balance.available,
  ...balance.remaining,
  held: balance.held,
  frozen: balance.frozen,
  debt: balance.debt,
  totalUses: balance.spent,
  grants: balance.grants.map((grant) => ({
    kind: grant.kind,
    remaining: grant.remaining,
    amount: grant.credits,
    expiresAt: toTimestampOrNull(grant.expiresAt),
  })),
  nextExpiryAt: toTimestampOrNull(balance.nextExpiryAt),
})

/** `creditsRemaining` is what a charge may take beyond the free uses. */
export const toCheckResponse = ({ allowed, balance, planName, pack }: CreditCheck): CheckResponse => ({
  hasCredit: allowed,
  creditsRemaining: Math.max(0, balance.available - balance.remaining.free),
  planName,
  reason: allowed ? null : 'No free uses or credits remaining',
  freeUsesRemaining: balance.remaining.free,
  totalUses: balance.spent,
  purchaseRequired: !allowed,
  ...(allowed || pack === null ? {} : { purchasePriceMinor: pack.amountMinor, purchaseUses: pack.credits }),
})

export const toChargeResponse = (deps: Deps, { unit, entry, balance, replayed }: Charge): ChargeResponse => ({
  entry: toEntry(entry),
  balance: toCredits(deps, balance, unit),
  replayed,
})

export const toHoldResponse = (deps: Deps, { unit, hold, balance, replayed }: HeldCredits): HoldResponse => ({
  hold: { id: hold.id, unit, credits: hold.credits, expiresAt: toTimestamp(hold.expiresAt) },
  balance: toCredits(deps, balance, unit),
  replayed,
})

export const toEntryPage = ({ items, nextCursor }: EntryPage): Page<Entry> => ({
  items: items.map(toEntry),
  nextCursor,
})

const entryTypes = {
  charge: 'charge',
  hold: 'hold',
  capture: 'capture',
  release: 'release',
  timeout: 'release',
  grant: 'grant',
  expire: 'expiry',
  refund: 'refund',
  dispute: 'dispute',
  adjust: 'adjustment',
  reverse: 'reversal',
  freeze: 'adjustment',
  unfreeze: 'adjustment',
  set_top_up: 'adjustment',
  decline_top_up: 'adjustment',
} as const satisfies Record<LedgerEntry['op'], EntryType>

/** Who of the host's people did something is not for the account to read. */
const operatorsOps: readonly LedgerEntry['op'][] = ['adjust', 'reverse', 'freeze', 'unfreeze']

const toEntry = (entry: LedgerEntry): Entry => ({
  id: entry.id,
  seq: entry.seq,
  type: entryTypes[entry.op],
  credits: entry.credits,
  balanceAfter: entry.balanceAfter,
  description: entry.note.description,
  metadata: operatorsOps.includes(entry.op) ? {} : { ...entry.note.metadata },
  amountMinor: entry.note.amountMinor,
  currency: entry.note.currency,
  at: toTimestamp(entry.at),
})
