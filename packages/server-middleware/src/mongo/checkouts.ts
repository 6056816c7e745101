import type { Checkout } from '../domain/checkout.ts'
import { BillingError } from '../domain/errors.ts'
import type { CheckoutStore, OpenedCheckout } from '../ports/checkouts.ts'
import type { Database } from './database.ts'
import type { Declaration } from './indexes.ts'
import { inOrderOfIds, pageFilter } from './row-page.ts'

type CheckoutDocument = Omit<Checkout, 'id'> & { _id: string }

const checkouts: Declaration = {
  name: 'checkouts',
  indexes: [
    {
      name: 'openSlot',
      key: { accountRef: 1, slot: 1 },
      unique: true,
      partialFilterExpression: { status: 'open' },
    },
    { name: 'providerSessionId', key: { providerSessionId: 1 } },
    { name: 'account', key: { accountRef: 1 } },
    { name: 'status', key: { status: 1, paid: 1, _id: 1 } },
  ],
}

export const createCheckouts = (database: Database): CheckoutStore => {
  const rows = database.rows<CheckoutDocument>(checkouts)

  const open = async (checkout: Checkout): Promise<OpenedCheckout> => {
    if ((await rows.insert(toDocument(checkout))) === 'inserted') return { outcome: 'opened', checkout }
    const { id, accountRef, slot } = checkout
    const taken = (await rows.find({ _id: id })) ?? (await rows.find({ accountRef, slot, status: 'open' }))
    return taken ? { outcome: 'taken', checkout: toCheckout(taken) } : open(checkout)
  }

  const get = async (id: string): Promise<CheckoutDocument> => {
    const found = await rows.find({ _id: id })
    if (found) return found
    throw new BillingError('not_found', `There is no checkout ${id}.`)
  }

  return {
    open,
    async listUnsettled(page) {
      const unsettled = { $or: [{ status: 'open' as const }, { status: 'complete' as const, paid: false }] }
      return (await rows.list({ ...pageFilter(page), ...unsettled }, inOrderOfIds(page.limit))).map(toCheckout)
    },
    async findBySession(providerSessionId) {
      const found = await rows.find({ providerSessionId })
      return found && toCheckout(found)
    },
    async linkSession(id, { providerSessionId, url, expiresAt }) {
      const filter = { _id: id, providerSessionId: { $in: [null, providerSessionId] } }
      const linked = await rows.change(filter, { $set: { providerSessionId, url, expiresAt } })
      return toCheckout(linked ?? (await get(id)))
    },
    async close(id, change) {
      // A closed checkout stays as it is, but for the money of a complete one, which may come later.
      const changeable = [{ status: 'open' as const }, { status: change.status, paid: false }]
      const closed = await rows.change({ _id: id, $or: changeable }, { $set: change })
      return toCheckout(closed ?? (await get(id)))
    },
    eraseEvidence: (accountRef) =>
      rows.updateMany({ accountRef, evidence: { $ne: null } }, { $set: { evidence: null } }),
  }
}

const toDocument = ({ id, ...checkout }: Checkout): CheckoutDocument => ({ ...checkout, _id: id })
const toCheckout = ({ _id, ...checkout }: CheckoutDocument): Checkout => ({ ...checkout, id: _id })
