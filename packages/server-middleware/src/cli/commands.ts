import type { CatalogChange } from '../domain/provider-call.ts'
import type { ConfiguredBilling } from './billing-config.ts'
import { toTable } from './table.ts'

/** What a command says, and whether all is well. */
export type Report = { text: string; ok: boolean }

export type Command = { name: string; purpose: string; run: (billing: ConfiguredBilling) => Promise<Report> }

const isSettled = ({ change }: CatalogChange): boolean => change !== 'missing' && change !== 'differs'

const push = async (billing: ConfiguredBilling): Promise<Report> => {
  const changes = await billing.catalog.push()
  const ok = changes.every(isSettled)
  const left = 'What is still missing or differs is pinned by its id: change it at the provider, or unpin it.'
  return { text: ok ? toTable(changes) : `${toTable(changes)}\n\n${left}`, ok }
}

const check = async (billing: ConfiguredBilling): Promise<Report> => {
  const changes = await billing.catalog.check()
  const ok = changes.every(isSettled)
  const verdict = ok ? 'The provider sells what the catalog says.' : 'Run `paywright catalog push` to bring it in line.'
  return { text: `${toTable(changes)}\n\n${verdict}`, ok }
}

const migrate = async (billing: ConfiguredBilling): Promise<Report> => {
  const made = await billing.migrate()
  return {
    text: made.length === 0 ? 'Every index is there.' : made.map((name) => `created  ${name}`).join('\n'),
    ok: true,
  }
}

export const commands: readonly Command[] = [
  { name: 'catalog push', purpose: 'make or update products, prices and the portal from the catalog', run: push },
  { name: 'catalog check', purpose: 'compare them, changing nothing; exit code 1 when something differs', run: check },
  { name: 'migrate', purpose: 'make the indexes that are missing', run: migrate },
]
