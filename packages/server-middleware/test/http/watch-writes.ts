import type { BillingStore } from '../../src/ports/store.ts'

const readings: ReadonlySet<PropertyKey> = new Set([
  'find',
  'findByRef',
  'findByCustomer',
  'findByPayment',
  'findBySession',
  'list',
  'listLive',
  'listUnsettled',
  'read',
  'state',
  'books',
  'recent',
  'peek',
])

/** The same store; which of its writing methods are called is listed in `writes`. */
export const watchWrites = (store: BillingStore): { store: BillingStore; writes: readonly string[] } => {
  const writes: string[] = []
  const watched = <Part extends object>(name: string, part: Part): Part =>
    new Proxy(part, {
      get(target, method) {
        const value: unknown = Reflect.get(target, method)
        if (typeof value !== 'function') return value
        if (!readings.has(method)) writes.push(`${name}.${String(method)}`)
        return value.bind(target)
      },
    })
  const parts = {
    accounts: watched('accounts', store.accounts),
    purchases: watched('purchases', store.purchases),
    checkouts: watched('checkouts', store.checkouts),
    subscriptions: watched('subscriptions', store.subscriptions),
    events: watched('events', store.events),
    effects: watched('effects', store.effects),
    requests: watched('requests', store.requests),
    portalVisits: watched('portalVisits', store.portalVisits),
    ledger: watched('ledger', store.ledger),
    leases: watched('leases', store.leases),
    marks: watched('marks', store.marks),
  }
  const { migrate, ping, close } = store
  return { store: { ...parts, migrate, ping, close }, writes }
}
