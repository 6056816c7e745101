import type { Checkout } from '../domain/checkout.ts'
import { BillingError } from '../domain/errors.ts'
import type { CheckoutStore } from '../ports/checkouts.ts'
import { rowsOf } from './row-page.ts'
import { createTable } from './table.ts'

export const createCheckouts = (): CheckoutStore => {
  const rows = createTable<Checkout>()
  const get = (id: string): Checkout => {
    const checkout = rows.get(id)
    if (!checkout) throw new BillingError('not_found', `There is no checkout ${id}.`)
    return checkout
  }
  const findOpen = ({ accountRef, slot }: Checkout) =>
    rows.list().find((each) => each.status === 'open' && each.accountRef === accountRef && each.slot === slot)

  return {
    async open(checkout) {
      const taken = rows.get(checkout.id) ?? findOpen(checkout)
      if (taken) return { outcome: 'taken', checkout: taken }
      return { outcome: 'opened', checkout: rows.put(checkout.id, checkout) }
    },
    async listUnsettled(page) {
      return rowsOf(rows.list().filter(isUnsettled), page)
    },
    async findBySession(providerSessionId) {
      return rows.list().find((each) => each.providerSessionId === providerSessionId) ?? null
    },
    async linkSession(id, { providerSessionId, url, expiresAt }) {
      const checkout = get(id)
      const isOther = checkout.providerSessionId !== null && checkout.providerSessionId !== providerSessionId
      return isOther ? checkout : rows.put(id, { ...checkout, providerSessionId, url, expiresAt })
    },
    async close(id, change) {
      const checkout = get(id)
      return isFinal(checkout, change.status) ? checkout : rows.put(id, { ...checkout, ...change })
    },
    async eraseEvidence(accountRef) {
      const known = rows.list().filter((each) => each.accountRef === accountRef && each.evidence !== null)
      for (const checkout of known) rows.put(checkout.id, { ...checkout, evidence: null })
      return known.length
    },
  }
}

const isUnsettled = ({ status, paid }: Checkout): boolean => status === 'open' || (status === 'complete' && !paid)

/** A closed checkout stays as it is, but for the money of a complete one, which may come later. */
const isFinal = ({ status, paid }: Checkout, next: Checkout['status']): boolean =>
  status !== 'open' && (status !== next || paid)
