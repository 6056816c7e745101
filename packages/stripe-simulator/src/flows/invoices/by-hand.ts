import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { subscriptionPaid } from '../subscriptions/after-payment.ts'
import { finalizeInvoice } from './finalize.ts'
import { markPaidElsewhere } from './settle.ts'

/** What goes on by itself is charged some time after somebody finalized it. */
const firstAttempt = (world: World, invoice: Invoice): number | null =>
  invoice.auto_advance && invoice.collection_method === 'charge_automatically'
    ? world.now() + world.settings.draftSeconds
    : null

const finalized = (world: World, draft: Invoice): Invoice => {
  const invoice = finalizeInvoice(world, world.update(draft, { next_payment_attempt: firstAttempt(world, draft) }))
  if (invoice.status === 'paid') subscriptionPaid(world, invoice)
  return invoice
}

export const finalizeByHand = (world: World, invoice: Invoice, auto_advance = invoice.auto_advance): Invoice => {
  if (invoice.status !== 'draft') {
    throw invalidRequest("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: 'invoice_not_editable',
    })
  }
  return finalized(world, world.update(invoice, { auto_advance }))
}

/** Tells the customer of an invoice that they are to pay themselves. A draft is finalized first. */
export const sendInvoice = (world: World, invoice: Invoice): Invoice => {
  if (invoice.collection_method !== 'send_invoice') {
    throw invalidRequest("You can only manually send an invoice if its collection method is 'send_invoice'.")
  }
  if (invoice.status === 'void' || invoice.status === 'uncollectible') {
    throw invalidRequest(`You can only send draft, open or paid invoices. This invoice is ${invoice.status}.`)
  }
  const open = invoice.status === 'draft' ? finalized(world, invoice) : invoice
  world.emit('invoice.sent', open)
  return open
}

/** Somebody paid outside of Stripe. A draft is finalized first. */
export const payElsewhere = (world: World, invoice: Invoice): Invoice => {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid', { code: 'invoice_already_paid' })
  if (invoice.status === 'void') throw invalidRequest('This invoice is void and cannot be paid.')
  const open = invoice.status === 'draft' ? finalizeInvoice(world, invoice) : invoice
  const paid = open.status === 'paid' ? open : markPaidElsewhere(world, open)
  subscriptionPaid(world, paid)
  return paid
}

const refuseUndeletable = (invoice: Invoice): void => {
  if (invoice.status !== 'draft') {
    throw invalidRequest('You can only delete draft invoices.', { code: 'invoice_not_editable' })
  }
  if (invoice.parent === null) return
  throw invalidRequest('An invoice for a subscription cannot be deleted. Finalize and void it instead.', {
    code: 'invoice_not_editable',
  })
}

/** A draft that never was. Its positions go with it, or wait for another invoice, as the settings say. */
export const deleteDraft = (world: World, invoice: Invoice) => {
  refuseUndeletable(invoice)
  const items = world.store.all('invoiceitem').filter((item) => item.invoice === invoice.id)
  for (const item of items) {
    if (world.settings.deletedDraftItems === 'release') {
      world.update(item, { invoice: null })
      continue
    }
    world.store.remove(item.id)
    world.emit('invoiceitem.deleted', item)
  }
  world.store.remove(invoice.id)
  world.emit('invoice.deleted', invoice)
  return { id: invoice.id, object: 'invoice', deleted: true } as const
}
