import { personal } from '../domain/personal.ts'
import type { Mirror, Mirrors } from '../ports/mirrors.ts'
import { hasAny, without } from './erasure.ts'
import { createTable } from './table.ts'

export const createMirrors = (): Mirrors => ({
  invoices: createMirror(({ providerInvoiceId }) => providerInvoiceId, personal.invoices),
  paymentMethods: createMirror(({ providerPaymentMethodId }) => providerPaymentMethodId, personal.paymentMethods),
  disputes: createMirror(({ providerDisputeId }) => providerDisputeId, personal.disputes),
  customers: createMirror(({ providerCustomerId }) => providerCustomerId, personal.customers),
})

type Kept<Row> = { fetches: number; savedFetch: number; row: Row | null }

const createMirror = <Row extends { accountRef: string }>(
  idOf: (row: Row) => string,
  fields: readonly (keyof Row)[],
): Mirror<Row> => {
  const rows = createTable<Kept<Row>>()
  const get = (id: string): Kept<Row> => rows.get(id) ?? { fetches: 0, savedFetch: 0, row: null }
  return {
    async startFetch(id) {
      const kept = get(id)
      return rows.put(id, { ...kept, fetches: kept.fetches + 1 }).fetches
    },
    async save(row, fetch) {
      const kept = get(idOf(row))
      if (fetch <= kept.savedFetch) return 'stale'
      rows.put(idOf(row), { ...kept, savedFetch: fetch, row })
      return 'saved'
    },
    async remove(id, fetch) {
      const kept = get(id)
      if (fetch <= kept.savedFetch) return 'stale'
      rows.put(id, { ...kept, savedFetch: fetch, row: null })
      return 'removed'
    },
    async find(id) {
      return get(id).row
    },
    async list(accountRef) {
      return rows.list().flatMap(({ row }) => (row?.accountRef === accountRef ? [row] : []))
    },
    async erase(accountRef) {
      const known = rows.list().filter(({ row }) => row?.accountRef === accountRef && hasAny(row, fields))
      for (const kept of known) if (kept.row) rows.put(idOf(kept.row), { ...kept, row: without(kept.row, fields) })
      return known.length
    },
  }
}
