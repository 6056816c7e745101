import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { createSession } from '../../flows/checkout/create.ts'
import { expireSession } from '../../flows/checkout/expire.ts'
import type { SessionInput } from '../../flows/checkout/session-input.ts'
import { type SessionUpdate, updateSession } from '../../flows/checkout/update-session.ts'
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
  'adaptive_pricing.enabled',
  'after_expiration',
  'allow_promotion_codes',
  'allowed_payment_method_types',
  'automatic_tax.enabled',
  'billing_address_collection',
  'branding_settings.background_color',
  'branding_settings.border_style',
  'branding_settings.button_color',
  'branding_settings.display_name',
  'branding_settings.font_family',
  'cancel_url',
  'client_reference_id',
  'consent_collection',
  'currency',
  'custom_fields',
  'custom_text',
  'customer',
  'customer_creation',
  'customer_email',
  'customer_update',
  'discounts',
  'excluded_payment_method_types',
  'expires_at',
  'invoice_creation.enabled',
  'invoice_creation.invoice_data',
  'line_items',
  'locale',
  'metadata',
  'mode',
  'name_collection',
  'optional_items',
  'payment_method_collection',
  'payment_method_options.card',
  'permissions',
  'phone_number_collection',
  'redirect_on_completion',
  'return_url',
  'saved_payment_method_options',
  'shipping_address_collection',
  'shipping_options',
  'submit_type',
  'success_url',
  'tax_id_collection',
  'ui_mode',
  'payment_intent_data.application_fee_amount',
  'payment_intent_data.capture_method',
  'payment_intent_data.description',
  'payment_intent_data.metadata',
  'payment_intent_data.on_behalf_of',
  'payment_intent_data.receipt_email',
  'payment_intent_data.setup_future_usage',
  'payment_intent_data.shipping',
  'payment_intent_data.statement_descriptor',
  'payment_intent_data.statement_descriptor_suffix',
  'payment_intent_data.transfer_data',
  'payment_intent_data.transfer_group',
  'setup_intent_data.description',
  'setup_intent_data.metadata',
  'subscription_data.application_fee_percent',
  'subscription_data.billing_cycle_anchor',
  'subscription_data.billing_cycle_anchor_config',
  'subscription_data.billing_mode',
  'subscription_data.description',
  'subscription_data.metadata',
  'subscription_data.on_behalf_of',
  'subscription_data.pending_invoice_item_interval',
  'subscription_data.proration_behavior',
  'subscription_data.transfer_data',
  'subscription_data.trial_end',
  'subscription_data.trial_period_days',
  'subscription_data.trial_settings',
] as const

const updated = [
  'collected_information',
  'line_items',
  'metadata',
  'payment_intent_data',
  'saved_payment_method_options',
  'setup_intent_data.description',
  'setup_intent_data.metadata',
  'shipping_options',
] as const

export const checkoutSessionRoutes: Routes = {
  'POST /v1/checkout/sessions': route<SessionInput>(created, ({ world }, input) => createSession(world, input)),
  'GET /v1/checkout/sessions/{id}': route([], needSession),
  'POST /v1/checkout/sessions/{id}': route<SessionUpdate>(updated, (call, update) =>
    updateSession(call.world, needSession(call), update),
  ),
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
