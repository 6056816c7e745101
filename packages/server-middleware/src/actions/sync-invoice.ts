import type { Account } from '../domain/account.ts'
import { type InvoiceSnapshot, toInvoice } from '../domain/invoice.ts'
import type { Deps } from '../ports/deps.ts'

export type SyncedInvoice = { account: Account; invoice: InvoiceSnapshot }

/** Overwrites the head that we hold of an invoice with the provider's truth; null when it bills nobody of ours. */
export const syncInvoice = async ({ store, provider }: Deps, id: string): Promise<SyncedInvoice | null> => {
  const fetch = await store.invoices.startFetch(id)
  const invoice = await provider.findInvoice(id)
  const account = invoice && (await store.accounts.findByCustomer(invoice.providerCustomerId))
  if (!account) return null
  await store.invoices.save(toInvoice(account.ref, invoice), fetch)
  return { account, invoice }
}
