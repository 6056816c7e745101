import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { EventOperations } from '../actions/operate-events.ts'
import type { LedgerOperations } from '../actions/operate-ledgers.ts'
import type { OutboxOperations } from '../actions/operate-outbox.ts'
import type { SyncedAccount } from '../actions/sync-account.ts'
import type { VerifiedLedgers } from '../actions/verify-books.ts'
import type { CatalogChange } from '../domain/provider-call.ts'
import type { IndexChange } from '../ports/store.ts'
import { Failure } from './failure.ts'

/** What the worker does, and how often. */
export type WorkerJob = { name: string; everyMilliseconds: number; restMilliseconds?: number }

/** What a command needs of what `createBilling` made. */
export interface ConfiguredBilling {
  catalog: { push(): Promise<readonly CatalogChange[]>; check(): Promise<readonly CatalogChange[]> }
  migrate(options?: { dryRun?: boolean }): Promise<readonly IndexChange[]>
  verify(input?: { accountId?: string }): Promise<VerifiedLedgers>
  ledger: LedgerOperations
  sync(input: { accountId: string }): Promise<SyncedAccount>
  events: EventOperations
  outbox: OutboxOperations
  worker: { readonly jobs: readonly WorkerJob[]; start(): void; stop(): Promise<void> }
  close(): Promise<void>
}

/** The default export of the host's file. */
export const loadBilling = async (file: string): Promise<ConfiguredBilling> => {
  const loaded: { default?: unknown } = await importFile(file)
  const billing = await loaded.default
  if (isBilling(billing)) return billing
  throw new Failure(`${file} must export what createBilling() made as its default: export default billing`)
}

const importFile = async (file: string): Promise<{ default?: unknown }> => {
  try {
    return await import(pathToFileURL(resolve(file)).href)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION') throw new Failure(needsTypeStripping(file))
    if (code === 'ERR_MODULE_NOT_FOUND') throw new Failure(`${file} can't be loaded: ${(error as Error).message}`)
    throw error
  }
}

const needsTypeStripping = (file: string): string =>
  `This Node.js (${process.version}) can't load ${file}: it doesn't strip types. ` +
  "Install tsx and run NODE_OPTIONS='--import tsx' npx paywright …, or use Node.js 22.18 or newer."

const isBilling = (value: unknown): value is ConfiguredBilling =>
  typeof value === 'object' && value !== null && 'catalog' in value && 'migrate' in value && 'close' in value
