import type { Account } from '../domain/account.ts'
import { type InvoiceSnapshot, toInvoice } from '../domain/invoice.ts'
import type { Deps } from '../ports/deps.ts'

/** `invoice` is null for a draft that was deleted. */
export type SyncedInvoice = { account: Account; invoice: InvoiceSnapshot } | { invoice: null }

/** Overwrites the head that we hold of an invoice with the provider's truth; null when it bills nobody of ours. */
export const syncInvoice = async (deps: Deps, id: string): Promise<SyncedInvoice | null> => {
  const { store, provider } = deps
  const fetch = await store.invoices.startFetch(id)
  const invoice = await provider.findInvoice(id)
  if (!invoice) return removeDraft(deps, id, fetch)
  const account = await store.accounts.findByCustomer(invoice.providerCustomerId)
  if (!account) return null
  await store.invoices.save(toInvoice(account.ref, invoice), fetch)
  return { account, invoice }
}

/**
 * Only a draft can be deleted: of anything else, not to be found means nothing. It is removed also when it was never held,
 * for an older look may be on its way with it.
 */
const removeDraft = async ({ store }: Deps, id: string, fetch: number): Promise<{ invoice: null } | null> => {
  const held = await store.invoices.find(id)
  if (held && held.status !== 'draft') return null
  await store.invoices.remove(id, fetch)
  return held && { invoice: null }
}
