import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import { isSettled } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { attachPayment } from '../../flows/invoices/attach.ts'
import { deleteDraft, finalizeByHand, payElsewhere, sendInvoice } from '../../flows/invoices/by-hand.ts'
import { createInvoice, type NewInvoice } from '../../flows/invoices/create.ts'
import { editInvoice } from '../../flows/invoices/edit.ts'
import type { InvoiceInput } from '../../flows/invoices/fields.ts'
import { voidInvoice } from '../../flows/invoices/settle.ts'
import { intentOf, payInvoice, refuseProcessing } from '../../flows/pay-invoice.ts'
import type { PreviewInput } from '../../flows/previews/input.ts'
import { createPreview } from '../../flows/previews/preview.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput, wasWithin } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needInvoice = (call: Call): Invoice => call.world.need('invoice', idOf(call), { status: 404, param: 'invoice' })

interface PayInput {
  readonly forgive?: boolean
  readonly off_session?: boolean
  readonly paid_out_of_band?: boolean
  readonly payment_method?: string
}

interface InvoiceList {
  readonly collection_method?: string
  readonly created?: RangeInput
  readonly customer?: string
  readonly due_date?: RangeInput
  readonly status?: string
  readonly subscription?: string
}

const pay = (call: Call, input: PayInput): Invoice => {
  if (input.paid_out_of_band === true) {
    refuseProcessing(intentOf(call.world, needInvoice(call)))
    return payElsewhere(call.world, needInvoice(call))
  }
  const { invoice, intent } = payInvoice(call.world, needInvoice(call), {
    offSession: input.off_session ?? true,
    ...(input.payment_method === undefined ? {} : { paymentMethodId: input.payment_method }),
  })
  if (intent && !isSettled(intent)) throw cardFailure(intent.last_payment_error, render(intent))
  return invoice
}

const voided = (call: Call): Invoice => {
  const invoice = needInvoice(call)
  refuseProcessing(intentOf(call.world, invoice))
  if (invoice.status === 'open' || invoice.status === 'uncollectible') return voidInvoice(call.world, invoice)
  throw invalidRequest(
    `You can only pass in open or uncollectible invoices. This invoice isn't open: it is ${invoice.status}.`,
  )
}

const uncollectible = (call: Call): Invoice => {
  const invoice = needInvoice(call)
  if (invoice.status !== 'open') throw invalidRequest('You can only mark open invoices as uncollectible.')
  const status_transitions = { ...invoice.status_transitions, marked_uncollectible_at: call.world.now() }
  const given_up = call.world.update(invoice, {
    auto_advance: false,
    status: 'uncollectible',
    status_transitions,
    next_payment_attempt: null,
  })
  call.world.emit('invoice.marked_uncollectible', given_up)
  return given_up
}

const writable = [
  'application_fee_amount',
  'auto_advance',
  'automatic_tax.enabled',
  'automatically_finalizes_at',
  'collection_method',
  'custom_fields',
  'days_until_due',
  'default_payment_method',
  'default_tax_rates',
  'description',
  'discounts',
  'due_date',
  'effective_at',
  'footer',
  'metadata',
  'number',
  'on_behalf_of',
  'rendering.amount_tax_display',
  'rendering.pdf',
  'shipping_details',
  'statement_descriptor',
  'transfer_data',
] as const

const details = [
  'billing_cycle_anchor',
  'cancel_at',
  'cancel_at_period_end',
  'cancel_now',
  'items',
  'metadata',
  'proration_behavior',
  'proration_date',
  'trial_end',
]

const previewed = [
  'automatic_tax.enabled',
  'currency',
  'customer',
  'customer_details.address',
  'customer_details.shipping',
  'customer_details.tax_exempt',
  'customer_details.tax_ids',
  'discounts',
  'invoice_items',
  'preview_mode',
  'schedule',
  'subscription',
  ...details.map((name) => `subscription_details.${name}`),
]

export const invoiceRoutes: Routes = {
  'GET /v1/invoices/{id}': route([], needInvoice),
  'POST /v1/invoices': route<NewInvoice>(
    [...writable, 'currency', 'customer', 'pending_invoice_items_behavior', 'subscription'],
    ({ world }, input) => createInvoice(world, input),
  ),
  'POST /v1/invoices/{id}': route<InvoiceInput>(writable, (call, input) =>
    editInvoice(call.world, needInvoice(call), input),
  ),
  'DELETE /v1/invoices/{id}': route([], (call) => deleteDraft(call.world, needInvoice(call))),
  'POST /v1/invoices/{id}/pay': route<PayInput>(['forgive', 'off_session', 'paid_out_of_band', 'payment_method'], pay),
  'POST /v1/invoices/{id}/finalize': route<{ auto_advance?: boolean }>(['auto_advance'], (call, { auto_advance }) =>
    finalizeByHand(call.world, needInvoice(call), auto_advance),
  ),
  'POST /v1/invoices/{id}/send': route([], (call) => sendInvoice(call.world, needInvoice(call))),
  'POST /v1/invoices/{id}/attach_payment': route<{ payment_intent?: string }>(
    ['payment_intent'],
    (call, { payment_intent }) => attachPayment(call.world, needInvoice(call), payment_intent),
  ),
  'POST /v1/invoices/{id}/void': route([], voided),
  'POST /v1/invoices/{id}/mark_uncollectible': route([], uncollectible),
  'POST /v1/invoices/create_preview': route<PreviewInput>(previewed, ({ world }, input) => createPreview(world, input)),
  'GET /v1/invoices': route<InvoiceList>(
    [...pageParams, 'collection_method', 'created', 'customer', 'due_date', 'status', 'subscription'],
    (call, { collection_method, created, customer, due_date, status, subscription }) =>
      newestFirst(
        call,
        call.world.store
          .all('invoice')
          .filter((invoice) => matches(invoice, { collection_method, customer, status }))
          .filter((invoice) => isWithin(invoice.created, created) && wasWithin(invoice.due_date, due_date))
          .filter((invoice) => !subscription || invoice.parent?.subscription_details.subscription === subscription),
      ),
  ),
}
