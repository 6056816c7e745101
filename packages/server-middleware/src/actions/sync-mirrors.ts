import { isClosed } from '../domain/invoice.ts'
import type { Deps } from '../ports/deps.ts'
import { syncInvoice } from './sync-invoice.ts'
import { syncPaymentMethods } from './sync-payment-methods.ts'

type Payer = { ref: string; providerCustomerId: string }

/**
 * Brings what we hold of a customer's payment methods and their newest invoices to the provider's truth. The list of
 * invoices only says where to look: each is fetched under a number of its own. A closed one is not looked at again.
 */
export const syncMirrors = async (deps: Deps, { ref, providerCustomerId }: Payer): Promise<void> => {
  const { store, provider } = deps
  await syncPaymentMethods(deps, { ref, providerCustomerId })
  const known = await store.invoices.list(ref)
  const closed = new Set(known.filter(isClosed).map(({ providerInvoiceId }) => providerInvoiceId))
  const invoices = [...(await provider.listInvoices(providerCustomerId)), ...known]
  const invoiceIds = new Set(invoices.map(({ providerInvoiceId }) => providerInvoiceId))
  for (const id of invoiceIds) if (!closed.has(id)) await syncInvoice(deps, id)
}
