import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { type Collected, type Collection, collectInvoice } from '../invoices/collect.ts'
import { subscriptionPaid, subscriptionProcessing, subscriptionUnpaid } from './after-payment.ts'

/** Tries to get an invoice paid and lets its subscription feel it. */
export const collectAndTell = (world: World, invoice: Invoice, collection: Collection): Collected => {
  const collected = collectInvoice(world, invoice, collection)
  if (collected.invoice.status === 'paid') subscriptionPaid(world, collected.invoice, collected.intent)
  else if (collected.intent?.status === 'processing') subscriptionProcessing(world, collected.invoice)
  else subscriptionUnpaid(world, collected.invoice)
  return collected
}
