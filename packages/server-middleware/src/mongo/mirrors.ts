import type { Mirror, Mirrors } from '../ports/mirrors.ts'
import type { Database } from './database.ts'

/** `fetches` counts fetches that were started, `savedFetch` is the one that `row` came from. */
interface MirrorDocument<Row> {
  _id: string
  fetches: number
  savedFetch: number
  /** Null for what nobody of ours turned out to have. */
  accountRef: string | null
  row: Row | null
}

export const createMirrors = (database: Database): Mirrors => ({
  invoices: createMirror(database, 'invoices', ({ providerInvoiceId }) => providerInvoiceId),
  paymentMethods: createMirror(database, 'payment_methods', ({ providerPaymentMethodId }) => providerPaymentMethodId),
  disputes: createMirror(database, 'disputes', ({ providerDisputeId }) => providerDisputeId),
  customers: createMirror(database, 'customers', ({ providerCustomerId }) => providerCustomerId),
})

const indexes = [{ name: 'account', key: { accountRef: 1 } }] as const

const unknown = { savedFetch: 0, accountRef: null, row: null }

const createMirror = <Row extends { accountRef: string }>(
  database: Database,
  name: string,
  idOf: (row: Row) => string,
): Mirror<Row> => {
  const rows = database.rows<MirrorDocument<Row>>({ name, indexes })
  return {
    async startFetch(id) {
      const started = await rows.change({ _id: id }, { $inc: { fetches: 1 }, $setOnInsert: unknown }, { upsert: true })
      return started?.fetches ?? 0
    },
    async save(row, fetch) {
      const change = { savedFetch: fetch, accountRef: row.accountRef, row }
      const saved = await rows.update({ _id: idOf(row), savedFetch: { $lt: fetch } }, { $set: change })
      return saved ? 'saved' : 'stale'
    },
    async find(id) {
      return ((await rows.find({ _id: id }))?.row as Row | undefined) ?? null
    },
    async list(accountRef) {
      const found = await rows.list({ accountRef }, { sort: { _id: 1 } })
      return found.map(({ row }) => row as Row)
    },
  }
}
