import { BillingError } from '../domain/errors.ts'
import { isFinal, isOpen, type Purchase } from '../domain/purchase.ts'
import type { PurchaseStore } from '../ports/purchases.ts'
import { rowsOf } from './row-page.ts'
import { createTable } from './table.ts'

export const createPurchases = (): PurchaseStore => {
  const rows = createTable<Purchase>()
  const fetches = createTable<{ started: number; saved: number }>()
  const fetchesOf = (id: string) => fetches.get(id) ?? { started: 0, saved: 0 }
  const findByPayment = (providerPaymentId: string) =>
    rows.list().find((purchase) => purchase.providerPaymentId === providerPaymentId) ?? null
  const get = (id: string): Purchase => {
    const purchase = rows.get(id)
    if (!purchase) throw new BillingError('not_found', `There is no purchase ${id}.`)
    return purchase
  }

  return {
    async open(purchase) {
      const taken = rows.get(purchase.id) ?? rows.list().findLast((each) => isSameWish(each, purchase))
      if (taken) return { outcome: 'taken', purchase: taken }
      return { outcome: 'opened', purchase: rows.put(purchase.id, purchase) }
    },
    async find(id) {
      return rows.get(id)
    },
    async listUnsettled(page) {
      return rowsOf(
        rows.list().filter((purchase) => !isFinal(purchase) && purchase.providerPaymentId !== null),
        page,
      )
    },
    async findByPayment(providerPaymentId) {
      return findByPayment(providerPaymentId)
    },
    async linkPayment(id, providerPaymentId) {
      const purchase = get(id)
      if (purchase.providerPaymentId !== null) return purchase
      if (findByPayment(providerPaymentId)) {
        throw new BillingError('internal', `Payment ${providerPaymentId} belongs to another purchase.`)
      }
      return rows.put(id, { ...purchase, providerPaymentId })
    },
    async startFetch(id) {
      const { started, saved } = fetchesOf(id)
      return fetches.put(id, { started: started + 1, saved }).started
    },
    async settle(id, change, fetch) {
      const purchase = get(id)
      const { started, saved } = fetchesOf(id)
      if (isFinal(purchase) || (fetch !== undefined && fetch <= saved)) return purchase
      fetches.put(id, { started, saved: fetch ?? saved })
      return rows.put(id, { ...purchase, ...change })
    },
    async eraseEvidence(accountRef) {
      const known = rows.list().filter((each) => each.accountRef === accountRef && each.evidence !== null)
      for (const purchase of known) rows.put(purchase.id, { ...purchase, evidence: null })
      return known.length
    },
  }
}

/** Both to be paid in the page, by the same account, for the same. */
const isSameWish = (open: Purchase, wanted: Purchase): boolean =>
  isOpen(open) &&
  open.via === 'page' &&
  wanted.via === 'page' &&
  open.accountRef === wanted.accountRef &&
  open.packId === wanted.packId &&
  open.quantity === wanted.quantity
