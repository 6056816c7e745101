import { cardFailure, invalidRequest, missingParam, noSuch, notSimulated } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Invoice, InvoicePayment } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { render } from '../../domain/render.ts'
import { changedInvoiceTerms, type InvoiceTermsInput } from '../../flows/connect/invoice-terms.ts'
import { finalizeInvoice } from '../../flows/invoices/finalize.ts'
import { voidInvoice } from '../../flows/invoices/settle.ts'
import { payInvoice } from '../../flows/pay-invoice.ts'
import { subscriptionPaid } from '../../flows/subscriptions/after-payment.ts'
import type { ItemsInput } from '../../flows/subscriptions/change.ts'
import { previewInvoice, previewStart } from '../../flows/subscriptions/preview.ts'
import { isWithin, matches, newestFirst, pageOf, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needInvoice = (call: Call): Invoice => call.world.need('invoice', idOf(call), { status: 404, param: 'invoice' })

interface PayInput {
  readonly off_session?: boolean
  readonly payment_method?: string
}

interface PreviewInput {
  readonly customer?: string
  readonly subscription?: string
  readonly subscription_details?: ItemsInput
}

interface InvoiceList {
  readonly collection_method?: string
  readonly created?: RangeInput
  readonly customer?: string
  readonly status?: string
  readonly subscription?: string
}

const pay = (call: Call, input: PayInput): Invoice => {
  const { invoice, intent } = payInvoice(call.world, needInvoice(call), {
    offSession: input.off_session ?? true,
    ...(input.payment_method === undefined ? {} : { paymentMethodId: input.payment_method }),
  })
  if (intent && intent.status !== 'succeeded') throw cardFailure(intent.last_payment_error, render(intent))
  return invoice
}

const previewed = (call: Call, input: PreviewInput, id: string): Subscription => {
  const subscription = call.world.need('subscription', id, { param: 'subscription' })
  if (input.customer !== undefined && input.customer !== subscription.customer) {
    throw noSuch('subscription', subscription.id, { param: 'subscription' })
  }
  return subscription
}

const preview = (call: Call, input: PreviewInput): Invoice => {
  const { customer, subscription, subscription_details: given = {} } = input
  if (subscription !== undefined) return previewInvoice(call.world, previewed(call, input, subscription), given)
  if (customer === undefined) throw missingParam('customer')
  const { items, ...other } = given
  const [name] = Object.keys(other)
  if (name !== undefined) {
    throw notSimulated(`\`${name}\` of a subscription that is not there yet`, `subscription_details[${name}]`)
  }
  return previewStart(call.world, call.world.need('customer', customer, { param: 'customer' }).id, items ?? [])
}

const finalize = (call: Call): Invoice => {
  const invoice = needInvoice(call)
  if (invoice.status !== 'draft') {
    throw invalidRequest("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: 'invoice_not_editable',
    })
  }
  const finalized = finalizeInvoice(call.world, invoice)
  if (finalized.status === 'paid') subscriptionPaid(call.world, finalized)
  return finalized
}

const voided = (call: Call): Invoice => {
  const invoice = needInvoice(call)
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
    status: 'uncollectible',
    status_transitions,
    next_payment_attempt: null,
  })
  call.world.emit('invoice.marked_uncollectible', given_up)
  return given_up
}

const details = ['billing_cycle_anchor', 'items', 'proration_behavior', 'proration_date']

export const invoiceRoutes: Routes = {
  'GET /v1/invoices/{id}': route([], needInvoice),
  'POST /v1/invoices/{id}': route<InvoiceTermsInput & { metadata?: MetadataInput; auto_advance?: boolean }>(
    ['auto_advance', 'metadata', 'application_fee_amount', 'on_behalf_of', 'transfer_data'],
    (call, input) => {
      const invoice = needInvoice(call)
      const metadata = mergeMetadata(invoice.metadata, input.metadata)
      const auto_advance = input.auto_advance ?? invoice.auto_advance
      const terms = changedInvoiceTerms(call.world, invoice, input)
      return call.world.update(invoice, { auto_advance, metadata, ...terms }, 'invoice.updated')
    },
  ),
  'GET /v1/invoices/{id}/lines': route(pageParams, (call) => pageOf(call, needInvoice(call).lines.data)),
  'POST /v1/invoices/{id}/pay': route<PayInput>(['off_session', 'payment_method'], pay),
  'POST /v1/invoices/{id}/finalize': route([], finalize),
  'POST /v1/invoices/{id}/void': route([], voided),
  'POST /v1/invoices/{id}/mark_uncollectible': route([], uncollectible),
  'POST /v1/invoices/create_preview': route<PreviewInput>(
    ['customer', 'subscription', ...details.map((name) => `subscription_details.${name}`)],
    preview,
  ),
  'GET /v1/invoices': route<InvoiceList>(
    [...pageParams, 'collection_method', 'created', 'customer', 'status', 'subscription'],
    (call, { collection_method, created, customer, status, subscription }) =>
      newestFirst(
        call,
        call.world.store
          .all('invoice')
          .filter((invoice) => matches(invoice, { collection_method, customer, status }))
          .filter((invoice) => isWithin(invoice.created, created))
          .filter((invoice) => !subscription || invoice.parent?.subscription_details.subscription === subscription),
      ),
  ),
}

interface PaymentList {
  readonly invoice?: string
  readonly payment?: { readonly type: string; readonly payment_intent?: string }
  readonly status?: string
}

const pays = (each: InvoicePayment, payment: PaymentList['payment']): boolean =>
  !payment?.payment_intent || each.payment.payment_intent === payment.payment_intent

export const invoicePaymentRoutes: Routes = {
  'GET /v1/invoice_payments/{id}': route([], (call) =>
    call.world.need('invoice_payment', idOf(call), { status: 404, param: 'invoice_payment' }),
  ),
  'GET /v1/invoice_payments': route<PaymentList>(
    [...pageParams, 'invoice', 'payment', 'status'],
    (call, { invoice, payment, status }) =>
      newestFirst(
        call,
        call.world.store
          .all('invoice_payment')
          .filter((each) => matches(each, { invoice, status }) && pays(each, payment)),
      ),
  ),
}
