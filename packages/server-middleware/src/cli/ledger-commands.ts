import type { Charge } from '../actions/charge-credits.ts'
import type { FrozenLedger } from '../actions/freeze-ledger.ts'
import type { ShownLedger } from '../actions/show-ledger.ts'
import type { Balance, LedgerEntry } from '../domain/credits/operation.ts'
import type { ConfiguredBilling } from './billing-config.ts'
import { type Command, type Given, type Report, requireFlag, toInteger } from './command.ts'
import { toTable } from './table.ts'

const mostEntries = 1_000
const mostCredits = 1_000_000_000

const show = async ({ ledger }: ConfiguredBilling, given: Given): Promise<Report> => {
  const { unit, limit = '20' } = given.flags
  const shown = await ledger.show({
    accountId: accountOf(given),
    limit: toInteger('--limit', limit, [1, mostEntries]),
    ...(unit === undefined ? {} : { unit }),
  })
  return { text: [figuresOf(shown), ...partsOf(shown.balance), entriesOf(shown.entries)].join('\n\n'), ok: true }
}

const adjust = async ({ ledger }: ConfiguredBilling, given: Given): Promise<Report> => {
  const credits = toInteger('<credits>', given.words[1] ?? '', [-mostCredits, mostCredits])
  const done = await ledger.adjust({ ...causeOf(given), credits, key: requireFlag(given, 'key') })
  return reportOf(done, 'Done before with this key: nothing was changed.')
}

const reverse = async ({ ledger }: ConfiguredBilling, given: Given): Promise<Report> => {
  const seq = toInteger('<entry>', given.words[1] ?? '', [1, Number.MAX_SAFE_INTEGER])
  return reportOf(await ledger.reverse({ ...causeOf(given), seq }), 'Reversed before: nothing was changed.')
}

const freeze = async ({ ledger }: ConfiguredBilling, given: Given): Promise<Report> =>
  reportOfState(await ledger.freeze(causeOf(given)))

const unfreeze = async ({ ledger }: ConfiguredBilling, given: Given): Promise<Report> =>
  reportOfState(await ledger.unfreeze(causeOf(given)))

const accountOf = ({ words: [accountId = ''] }: Given): string => accountId

const causeOf = (given: Given): { accountId: string; unit?: string; reason: string; by?: string } => {
  const { unit, by } = given.flags
  return {
    accountId: accountOf(given),
    reason: requireFlag(given, 'reason'),
    ...(unit === undefined ? {} : { unit }),
    ...(by === undefined ? {} : { by }),
  }
}

const reportOf = ({ entry, balance, replayed }: Charge, before: string): Report => {
  const lines = [...(replayed ? [before] : []), entriesOf([entry]), `available now  ${balance.available}`]
  return { text: lines.join('\n\n'), ok: true }
}

const reportOfState = ({ changed, balance: { isFrozen, available } }: FrozenLedger): Report => {
  const state = isFrozen ? 'frozen: nothing is charged or held' : 'not frozen'
  return { text: `The ledger ${changed ? 'is now' : 'was already'} ${state}. ${available} are available.`, ok: true }
}

const figuresOf = ({ accountId, unit, balance }: ShownLedger): string => {
  const { available, held, frozen, debt, spent, isFrozen } = balance
  const figures = Object.entries({ available, held, frozen, debt, spent })
  const title = `${accountId}, ${unit}${isFrozen ? ', FROZEN: nothing is charged or held' : ''}`
  return `${title}\n${toTable(figures.map(([name, credits]) => [name, String(credits)]))}`
}

/** Grants and holds, where there are any. */
const partsOf = ({ grants, holds }: Balance): readonly string[] => {
  const granted = grants.map(({ id, kind, remaining, credits, expiresAt }) => [
    id,
    kind,
    `${remaining} of ${credits}`,
    expiresAt?.toISOString() ?? 'never',
  ])
  const held = holds.map(({ id, credits, expiresAt }) => [id, String(credits), expiresAt.toISOString()])
  return [
    ...(granted.length === 0 ? [] : [toTable([['grant', 'kind', 'left', 'expires'], ...granted])]),
    ...(held.length === 0 ? [] : [toTable([['hold', 'credits', 'runs out'], ...held])]),
  ]
}

const entriesOf = (entries: readonly LedgerEntry[]): string => {
  const heading = ['entry', 'at', 'what', 'credits', 'available', 'key', 'words']
  return entries.length === 0 ? 'Nothing has been written in it yet.' : toTable([heading, ...entries.map(toRow)])
}

const toRow = ({ seq, at, op, credits, balanceAfter, key, note }: LedgerEntry): readonly string[] => [
  String(seq),
  at.toISOString(),
  op,
  credits > 0 ? `+${credits}` : String(credits),
  String(balanceAfter),
  key,
  note.metadata.by === undefined ? note.description : `${note.description} (${note.metadata.by})`,
]

const cause = '--reason "<words>" [--unit <unit>] [--by <operator>]'
const causeFlags = ['reason', 'unit', 'by'] as const

export const ledgerCommands: readonly Command[] = [
  {
    name: 'ledger show',
    usage: '<account> [--unit <unit>] [--limit <entries>]',
    takes: { least: 1, most: 1, flags: ['unit', 'limit'] },
    purpose: "an account's credits, and its newest entries (20)",
    run: show,
  },
  {
    name: 'ledger adjust',
    usage: `<account> <±credits> --key <key> ${cause}`,
    takes: { least: 2, most: 2, flags: ['key', ...causeFlags] },
    purpose: 'give credits, or take those that are there; once for a key. The account can read the reason',
    run: adjust,
  },
  {
    name: 'ledger reverse',
    usage: `<account> <entry> ${cause}`,
    takes: { least: 2, most: 2, flags: causeFlags },
    purpose: 'undo a charge, capture, grant or adjustment, once',
    run: reverse,
  },
  {
    name: 'ledger freeze',
    usage: `<account> ${cause}`,
    takes: { least: 1, most: 1, flags: causeFlags },
    purpose: 'let nothing be charged or held',
    run: freeze,
  },
  {
    name: 'ledger unfreeze',
    usage: `<account> ${cause}`,
    takes: { least: 1, most: 1, flags: causeFlags },
    purpose: 'let it go again',
    run: unfreeze,
  },
]
