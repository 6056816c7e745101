import { isClosed } from '../domain/invoice.ts'
import type { Deps } from '../ports/deps.ts'
import { syncInvoice } from './sync-invoice.ts'
import { syncPaymentMethod } from './sync-payment-method.ts'

type Payer = { ref: string; providerCustomerId: string }

/**
 * Brings what we hold of a customer's payment methods and their newest invoices to the provider's truth. What is
 * listed only says where to look: each is fetched under a number of its own. A closed invoice is not looked at again.
 */
export const syncMirrors = async (deps: Deps, { ref, providerCustomerId }: Payer): Promise<void> => {
  const { store, provider } = deps
  const methods = [
    ...(await provider.listPaymentMethods(providerCustomerId)),
    ...(await store.paymentMethods.list(ref)),
  ]
  const methodIds = new Set(methods.map(({ providerPaymentMethodId }) => providerPaymentMethodId))
  for (const id of methodIds) await syncPaymentMethod(deps, id)
  const known = await store.invoices.list(ref)
  const closed = new Set(known.filter(isClosed).map(({ providerInvoiceId }) => providerInvoiceId))
  const invoices = [...(await provider.listInvoices(providerCustomerId)), ...known]
  const invoiceIds = new Set(invoices.map(({ providerInvoiceId }) => providerInvoiceId))
  for (const id of invoiceIds) if (!closed.has(id)) await syncInvoice(deps, id)
}
