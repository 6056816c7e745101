import type { UnsoundLedger } from '../actions/verify-books.ts'
import { unitOf } from '../domain/credits/entry.ts'
import type { CatalogChange } from '../domain/provider-call.ts'
import type { ConfiguredBilling } from './billing-config.ts'
import type { Command, Given, Report } from './command.ts'
import { eventCommands } from './event-commands.ts'
import { ledgerCommands } from './ledger-commands.ts'
import { outboxCommands } from './outbox-commands.ts'
import { toTable } from './table.ts'
import { workerCommand } from './worker-command.ts'

const isSettled = ({ change }: CatalogChange): boolean => change !== 'missing' && change !== 'differs'

const tableOf = (changes: readonly CatalogChange[]): string =>
  toTable(changes.map(({ change, object, name }) => [change, object, name]))

const push = async (billing: ConfiguredBilling): Promise<Report> => {
  const changes = await billing.catalog.push()
  const ok = changes.every(isSettled)
  const left = 'What is still missing or differs is pinned by its id: change it at the provider, or unpin it.'
  return { text: ok ? tableOf(changes) : `${tableOf(changes)}\n\n${left}`, ok }
}

const check = async (billing: ConfiguredBilling): Promise<Report> => {
  const changes = await billing.catalog.check()
  const ok = changes.every(isSettled)
  const verdict = ok ? 'The provider sells what the catalog says.' : 'Run `paywright catalog push` to bring it in line.'
  return { text: `${tableOf(changes)}\n\n${verdict}`, ok }
}

const migrate = async (billing: ConfiguredBilling, { flags: { 'dry-run': dry } }: Given): Promise<Report> => {
  const dryRun = dry !== undefined
  const changes = await billing.migrate({ dryRun })
  if (changes.length === 0) return { text: 'Every index is there.', ok: true }
  const table = toTable(changes.map(({ change, index }) => [change, index]))
  if (!dryRun) return { text: table, ok: true }
  return { text: `${table}\n\nRun \`paywright migrate\` to bring them in line.`, ok: false }
}

const verify = async (billing: ConfiguredBilling, { words: [accountId] }: Given): Promise<Report> => {
  const { ledgers, entries, unsoundCount, unsound } = await billing.verify(accountId === undefined ? {} : { accountId })
  const looked = `${ledgers} ledgers with ${entries} entries were folded`
  if (unsoundCount === 0) return { text: `${looked}: every balance is what its entries come to.`, ok: true }
  return { text: `${unsound.flatMap(toLines).join('\n')}\n\n${looked}; ${unsoundCount} are unsound.`, ok: false }
}

const toLines = ({ ledgerId, accountId, flaws }: UnsoundLedger): readonly string[] => {
  const whose = accountId === null ? `${ledgerId} (nobody's)` : `${accountId}, ${unitOf(ledgerId)}`
  return flaws.map(({ seq, problem }) => (seq === null ? `${whose}  ${problem}` : `${whose}  entry ${seq} ${problem}`))
}

export const commands: readonly Command[] = [
  { name: 'catalog push', purpose: 'make or update products, prices and the portal from the catalog', run: push },
  { name: 'catalog check', purpose: 'compare them, changing nothing; exit code 1 when something differs', run: check },
  {
    name: 'verify',
    usage: '[account]',
    takes: { least: 0, most: 1, flags: [] },
    purpose:
      'fold every ledger, or those of an account, and hold each against its balance; exit code 1 when one is unsound',
    run: verify,
  },
  {
    name: 'migrate',
    usage: '[--dry-run]',
    takes: { least: 0, most: 0, flags: ['dry-run'] },
    purpose:
      'make the indexes that are missing, and anew those that differ; --dry-run changes nothing, and its exit code is 1 ' +
      'when there are any',
    run: migrate,
  },
  workerCommand,
  ...eventCommands,
  ...outboxCommands,
  ...ledgerCommands,
]
