import { BillingError } from '../domain/errors.ts'
import { isFinal, isOpen, type Purchase } from '../domain/purchase.ts'
import type { OpenedPurchase, PurchaseChange, PurchaseStore } from '../ports/purchases.ts'
import type { Database } from './database.ts'
import { isDuplicate } from './errors.ts'
import { type Declaration, wherePresent } from './indexes.ts'
import { inOrderOfIds, pageFilter } from './row-page.ts'
import type { Rows } from './rows.ts'

/**
 * `openSlot` names what is being bought in the page; only one open purchase at a time has it. `fetches` counts fetches of
 * its payment that were started, `savedFetch` is the one that its state came from.
 */
type PurchaseDocument = Omit<Purchase, 'id'> & {
  _id: string
  openSlot: string | null
  fetches: number
  savedFetch: number
}

const purchases: Declaration = {
  name: 'purchases',
  indexes: [
    { name: 'openSlot', key: { openSlot: 1 }, unique: true, ...wherePresent('openSlot') },
    { name: 'providerPaymentId', key: { providerPaymentId: 1 }, unique: true, ...wherePresent('providerPaymentId') },
    { name: 'account', key: { accountRef: 1, createdAt: -1 } },
    { name: 'status', key: { status: 1, _id: 1 } },
  ],
}

const openStatuses = ['requires_payment_method', 'requires_action'] as const satisfies Purchase['status'][]
const unsettledStatuses = [...openStatuses, 'processing'] as const satisfies Purchase['status'][]
const finalStatuses = ['succeeded', 'canceled'] as const satisfies Purchase['status'][]

export const createPurchases = (database: Database): PurchaseStore => {
  const rows = database.rows<PurchaseDocument>(purchases)
  const findOrNull = async (filter: Partial<PurchaseDocument>) => {
    const found = await rows.find(filter)
    return found && toPurchase(found)
  }
  const get = async (id: string): Promise<Purchase> => {
    const found = await findOrNull({ _id: id })
    if (found) return found
    throw new BillingError('not_found', `There is no purchase ${id}.`)
  }

  return {
    open: (purchase) => open(rows, purchase),
    find: (id) => findOrNull({ _id: id }),
    async listUnsettled(page) {
      const unsettled = { status: { $in: [...unsettledStatuses] }, providerPaymentId: { $ne: null } }
      return (await rows.list({ ...pageFilter(page), ...unsettled }, inOrderOfIds(page.limit))).map(toPurchase)
    },
    findByPayment: (providerPaymentId) => findOrNull({ providerPaymentId }),
    async linkPayment(id, providerPaymentId) {
      const linked = await link(rows, id, providerPaymentId)
      return linked ? toPurchase(linked) : get(id)
    },
    async startFetch(id) {
      const started = await rows.change({ _id: id }, { $inc: { fetches: 1 } })
      return started?.fetches ?? 0
    },
    async settle(id, change, fetch) {
      const purchase = await get(id)
      if (isFinal(purchase)) return purchase
      const settled = await settle(rows, purchase, { change, fetch })
      return settled ? toPurchase(settled) : get(id)
    },
    eraseEvidence: (accountRef) =>
      rows.updateMany({ accountRef, evidence: { $ne: null } }, { $set: { evidence: null } }),
  }
}

type PurchaseRows = Rows<PurchaseDocument>

const open = async (rows: PurchaseRows, purchase: Purchase): Promise<OpenedPurchase> => {
  const taken = await findTaken(rows, purchase)
  if (taken) return { outcome: 'taken', purchase: toPurchase(taken) }
  const outcome = await rows.insert(toDocument(purchase))
  return outcome === 'inserted' ? { outcome: 'opened', purchase } : open(rows, purchase)
}

const findTaken = async (rows: PurchaseRows, wanted: Purchase): Promise<PurchaseDocument | null> => {
  const { id, accountRef, packId, quantity, via } = wanted
  const same = await rows.find({ _id: id })
  if (same || via !== 'page') return same
  const filter = { accountRef, packId, quantity, via, status: { $in: openStatuses } }
  const [newest] = await rows.list(filter, { sort: { createdAt: -1 }, limit: 1 })
  return newest ?? null
}

const link = async (rows: PurchaseRows, id: string, providerPaymentId: string): Promise<PurchaseDocument | null> => {
  try {
    return await rows.change({ _id: id, providerPaymentId: null }, { $set: { providerPaymentId } })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new BillingError('internal', `Payment ${providerPaymentId} belongs to another purchase.`, { cause: error })
  }
}

/** One that opens again takes its slot back, unless another purchase of the same has it by now. */
const settle = async (
  rows: PurchaseRows,
  purchase: Purchase,
  { change, fetch }: { change: PurchaseChange; fetch: number | undefined },
): Promise<PurchaseDocument | null> => {
  const older = fetch === undefined ? {} : { savedFetch: { $lt: fetch } }
  const unsettled = { _id: purchase.id, status: { $nin: finalStatuses }, ...older }
  const saved = { ...change, ...(fetch !== undefined && { savedFetch: fetch }) }
  try {
    return await rows.change(unsettled, { $set: { ...saved, openSlot: slotOf({ ...purchase, ...change }) } })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return rows.change(unsettled, { $set: { ...saved, openSlot: null } })
  }
}

const slotOf = (purchase: Purchase): string | null => {
  const { accountRef, packId, quantity, via } = purchase
  return via === 'page' && isOpen(purchase) ? JSON.stringify([accountRef, packId, quantity]) : null
}

const toDocument = (purchase: Purchase): PurchaseDocument => {
  const { id, ...rest } = purchase
  return { ...rest, _id: id, openSlot: slotOf(purchase), fetches: 0, savedFetch: 0 }
}

const toPurchase = (document: PurchaseDocument): Purchase => {
  const { _id, openSlot: _slot, fetches: _fetches, savedFetch: _saved, ...purchase } = document
  return { ...purchase, id: _id }
}
