import type { BillingStore } from '../../src/ports/store.ts'

const readings: ReadonlySet<PropertyKey> = new Set([
  'find',
  'findByRef',
  'findByCustomer',
  'findByPayment',
  'findBySession',
  'list',
  'listUnfinished',
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
  const parts = Object.entries(store).map(([name, part]: [string, unknown]) => [
    name,
    typeof part === 'object' && part !== null ? watched(name, part) : part,
  ])
  return { store: Object.fromEntries(parts) as BillingStore, writes }
}
