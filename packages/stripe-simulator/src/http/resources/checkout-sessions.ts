import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { createSession } from '../../flows/checkout/create.ts'
import { expireSession } from '../../flows/checkout/expire.ts'
import type { SessionInput } from '../../flows/checkout/session-input.ts'
import { isWithin, matches, newestFirst, pageOf, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needSession = (call: Call): CheckoutSession =>
  call.world.need('checkout.session', idOf(call), { status: 404, param: 'session' })

interface SessionList {
  readonly created?: RangeInput
  readonly customer?: string
  readonly customer_details?: { readonly email: string }
  readonly payment_intent?: string
  readonly status?: string
  readonly subscription?: string
}

const created = [
  'allow_promotion_codes',
  'automatic_tax.enabled',
  'billing_address_collection',
  'cancel_url',
  'client_reference_id',
  'currency',
  'customer',
  'customer_creation',
  'customer_email',
  'customer_update',
  'discounts',
  'expires_at',
  'invoice_creation.enabled',
  'invoice_creation.invoice_data',
  'line_items',
  'locale',
  'metadata',
  'mode',
  'payment_method_collection',
  'submit_type',
  'success_url',
  'tax_id_collection',
  'ui_mode',
  'payment_intent_data.application_fee_amount',
  'payment_intent_data.description',
  'payment_intent_data.metadata',
  'payment_intent_data.on_behalf_of',
  'payment_intent_data.receipt_email',
  'payment_intent_data.setup_future_usage',
  'payment_intent_data.statement_descriptor',
  'payment_intent_data.statement_descriptor_suffix',
  'payment_intent_data.transfer_data',
  'payment_intent_data.transfer_group',
  'setup_intent_data.description',
  'setup_intent_data.metadata',
  'subscription_data.application_fee_percent',
  'subscription_data.description',
  'subscription_data.metadata',
  'subscription_data.on_behalf_of',
  'subscription_data.transfer_data',
  'subscription_data.trial_end',
  'subscription_data.trial_period_days',
  'subscription_data.trial_settings',
] as const

export const checkoutSessionRoutes: Routes = {
  'POST /v1/checkout/sessions': route<SessionInput>(created, ({ world }, input) => createSession(world, input)),
  'GET /v1/checkout/sessions/{id}': route([], needSession),
  'POST /v1/checkout/sessions/{id}': route<{ metadata?: MetadataInput }>(['metadata'], (call, { metadata }) => {
    const session = needSession(call)
    return call.world.update(session, { metadata: mergeMetadata(session.metadata, metadata) })
  }),
  'POST /v1/checkout/sessions/{id}/expire': route([], (call) => expireSession(call.world, needSession(call))),
  'GET /v1/checkout/sessions/{id}/line_items': route([...pageParams], (call) => pageOf(call, needSession(call).$items)),
  'GET /v1/checkout/sessions': route<SessionList>(
    [...pageParams, 'created', 'customer', 'customer_details', 'payment_intent', 'status', 'subscription'],
    (call, { created: range, customer, customer_details, payment_intent, status, subscription }) =>
      newestFirst(
        call,
        call.world.store
          .all('checkout.session')
          .filter((session) => matches(session, { customer, payment_intent, status, subscription }))
          .filter((session) => isWithin(session.created, range))
          .filter((session) => !customer_details || session.customer_details?.email === customer_details.email),
      ),
  ),
}
