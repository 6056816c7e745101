import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { Invoice, InvoiceItem } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { changeItem, removeItem } from '../../flows/invoice-items/change.ts'
import { addItem, type ItemFields } from '../../flows/invoice-items/create.ts'
import { needDraft, onInvoice } from '../../flows/invoice-items/on-invoice.ts'
import { toldOnce } from '../../flows/invoices/price-lines.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'
import { lineFields } from './line-fields.ts'

interface ItemInput extends ItemFields {
  readonly customer?: string
  readonly invoice?: string
  readonly subscription?: string
}

interface ItemList {
  readonly created?: RangeInput
  readonly customer?: string
  readonly invoice?: string
  readonly pending?: boolean
}

const needItem = (call: Call): InvoiceItem =>
  call.world.need('invoiceitem', idOf(call), { status: 404, param: 'invoiceitem' })

const refuseOther = (param: string, owner: { readonly customer: string }, customer: string): void => {
  if (owner.customer === customer) return
  throw invalidRequest(`The ${param} belongs to another customer than ${customer}.`, { param })
}

const invoiceOf = (call: Call, id: string | undefined, customer: string): Invoice | undefined => {
  if (id === undefined) return undefined
  const invoice = needDraft(call.world, id, { param: 'invoice' })
  refuseOther('invoice', invoice, customer)
  return invoice
}

const subscriptionOf = (call: Call, id: string | undefined, customer: string): Subscription | undefined => {
  if (id === undefined) return undefined
  const subscription = call.world.need('subscription', id, { param: 'subscription' })
  refuseOther('subscription', subscription, customer)
  if (subscription.ended_at === null) return subscription
  throw invalidRequest('You cannot add an invoice item to a subscription that has ended.', { param: 'subscription' })
}

const refuseApart = (invoice: Invoice | undefined, subscription: Subscription | undefined): void => {
  const billed = invoice?.parent?.subscription_details.subscription
  if (!subscription || billed === undefined || billed === subscription.id) return
  throw invalidRequest('The invoice is for another subscription.', { param: 'subscription' })
}

const create = (call: Call, input: ItemInput): InvoiceItem => {
  if (input.customer === undefined) throw missingParam('customer')
  const customer = call.world.need('customer', input.customer, { param: 'customer' }).id
  const invoice = invoiceOf(call, input.invoice, customer)
  const subscription = subscriptionOf(call, input.subscription, customer)
  refuseApart(invoice, subscription)
  return toldOnce(call.world, invoice?.id, () => {
    const item = addItem(call.world, { customer, invoice, subscription: subscription?.id }, { fields: input })
    if (invoice) onInvoice(call.world, invoice, [item])
    return item
  })
}

const change = (call: Call, fields: ItemFields): InvoiceItem => {
  const item = needItem(call)
  return toldOnce(call.world, item.invoice, () => changeItem(call.world, item, { fields }))
}

const remove = (call: Call) => {
  const item = needItem(call)
  const { id } = toldOnce(call.world, item.invoice, () => removeItem(call.world, item))
  return { id, object: 'invoiceitem', deleted: true }
}

const isPending = (item: InvoiceItem, pending: boolean | undefined): boolean =>
  pending === undefined || pending === (item.invoice === null)

const fields = [...lineFields, 'tax_behavior', 'unit_amount_decimal'] as const

export const invoiceItemRoutes: Routes = {
  'POST /v1/invoiceitems': route<ItemInput>([...fields, 'currency', 'customer', 'invoice', 'subscription'], create),
  'GET /v1/invoiceitems/{id}': route([], needItem),
  'POST /v1/invoiceitems/{id}': route<ItemFields>(fields, change),
  'DELETE /v1/invoiceitems/{id}': route([], remove),
  'GET /v1/invoiceitems': route<ItemList>(
    [...pageParams, 'created', 'customer', 'invoice', 'pending'],
    (call, { created, customer, invoice, pending }) =>
      newestFirst(
        call,
        call.world.store
          .all('invoiceitem')
          .filter((item) => matches(item, { customer, invoice }) && isWithin(item.date, created))
          .filter((item) => isPending(item, pending)),
      ),
  ),
}
