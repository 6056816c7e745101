import type { mongo } from 'mongoose'
import { personal } from '../domain/personal.ts'
import type { Mirror, Mirrors } from '../ports/mirrors.ts'
import type { Database } from './database.ts'
import { toErasure } from './erasure.ts'

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
  invoices: createMirror(database, {
    name: 'invoices',
    idOf: ({ providerInvoiceId }) => providerInvoiceId,
    personal: personal.invoices,
  }),
  paymentMethods: createMirror(database, {
    name: 'payment_methods',
    idOf: ({ providerPaymentMethodId }) => providerPaymentMethodId,
    personal: personal.paymentMethods,
  }),
  disputes: createMirror(database, {
    name: 'disputes',
    idOf: ({ providerDisputeId }) => providerDisputeId,
    personal: personal.disputes,
  }),
  customers: createMirror(database, {
    name: 'customers',
    idOf: ({ providerCustomerId }) => providerCustomerId,
    personal: personal.customers,
  }),
})

type Kind<Row> = { name: string; idOf: (row: Row) => string; personal: readonly string[] }

type Filter<Row> = mongo.Filter<MirrorDocument<Row>>
type Update<Row> = mongo.UpdateFilter<MirrorDocument<Row>>

const indexes = [{ name: 'account', key: { accountRef: 1 } }] as const

const unknown = { savedFetch: 0, accountRef: null, row: null }

const createMirror = <Row extends { accountRef: string }>(
  database: Database,
  { name, idOf, personal: fields }: Kind<Row>,
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
    async remove(id, fetch) {
      const change = { savedFetch: fetch, accountRef: null, row: null }
      const removed = await rows.update({ _id: id, savedFetch: { $lt: fetch } }, { $set: change })
      return removed ? 'removed' : 'stale'
    },
    async find(id) {
      return ((await rows.find({ _id: id }))?.row as Row | undefined) ?? null
    },
    async list(accountRef) {
      const found = await rows.list({ accountRef }, { sort: { _id: 1 } })
      return found.map(({ row }) => row as Row)
    },
    async erase(accountRef) {
      if (fields.length === 0) return 0
      const { filter, update } = toErasure(fields.map((field) => `row.${field}`))
      return rows.updateMany({ accountRef, ...filter } as Filter<Row>, update as Update<Row>)
    },
  }
}
