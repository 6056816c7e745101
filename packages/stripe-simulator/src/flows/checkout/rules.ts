import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { SubscriptionData } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'
import { billingMode } from '../subscriptions/billing-mode.ts'
import { pendingInterval } from '../subscriptions/pending-interval.ts'
import type { SessionInput } from './session-input.ts'
import { checkTax } from './tax.ts'
import { checkUiMode } from './ui-mode.ts'

const exclusive = (input: SessionInput, a: keyof SessionInput, b: keyof SessionInput): void => {
  if (input[a] === undefined || input[b] === undefined) return
  throw invalidRequest(`You may only specify one of these parameters: ${a}, ${b}.`, { param: a })
}

const onlyIn = (input: SessionInput, param: keyof SessionInput, modes: readonly string[]): void => {
  if (input[param] === undefined || modes.includes(input.mode ?? '')) return
  throw invalidRequest(`You can not pass \`${param}\` in \`${input.mode}\` mode.`, { param })
}

const checkExpiry = (world: World, expiresAt: number | undefined): void => {
  if (expiresAt === undefined) return
  const ahead = expiresAt - world.now()
  if (ahead < 30 * 60 || ahead > 24 * 3600) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes, and at most 24 hours, after the Checkout Session is created.',
      { param: 'expires_at' },
    )
  }
}

const absolute = /^https?:\/\//

const checkUrl = (url: string | undefined, param: string): void => {
  if (url !== undefined && !absolute.test(url)) {
    throw invalidRequest('Not a valid URL', { code: 'url_invalid', param })
  }
}

const cardOptions = ['request_three_d_secure']

/** What a nested parameter asks for that is not simulated. */
const refuseUnsimulated = (input: SessionInput): void => {
  if (input.adaptive_pricing?.enabled === true) throw notSimulated('adaptive pricing', 'adaptive_pricing[enabled]')
  const option = Object.keys(input.payment_method_options?.card ?? {}).find((name) => !cardOptions.includes(name))
  if (option !== undefined) {
    const param = `payment_method_options[card][${option}]`
    throw notSimulated(`\`${param}\` on POST /v1/checkout/sessions`, param)
  }
  if (input.invoice_creation?.enabled !== true) return
  if (input.shipping_options) throw notSimulated('invoices of payments with shipping', 'shipping_options')
  if (input.payment_intent_data?.capture_method === 'manual') {
    throw notSimulated('invoices of payments that are captured later', 'invoice_creation')
  }
}

const checkProration = (data: SubscriptionData | undefined): void => {
  const anchored = data?.billing_cycle_anchor ?? data?.billing_cycle_anchor_config
  if (data?.proration_behavior === undefined || anchored !== undefined) return
  throw invalidRequest('`proration_behavior` can only be set with a `billing_cycle_anchor`.', {
    param: 'subscription_data[proration_behavior]',
  })
}

/** The parameters that exclude each other, belong to a mode, or must be there. */
export const checkSession = (world: World, input: SessionInput): void => {
  checkUiMode(input)
  refuseUnsimulated(input)
  for (const param of ['success_url', 'cancel_url', 'return_url'] as const) checkUrl(input[param], param)
  exclusive(input, 'customer', 'customer_email')
  exclusive(input, 'customer', 'customer_creation')
  exclusive(input, 'allow_promotion_codes', 'discounts')
  if (input.customer_update !== undefined && input.customer === undefined) {
    throw invalidRequest('`customer_update` can only be used with `customer`.', { param: 'customer_update' })
  }
  onlyIn(input, 'customer_creation', ['payment', 'setup'])
  onlyIn(input, 'invoice_creation', ['payment'])
  onlyIn(input, 'payment_intent_data', ['payment'])
  onlyIn(input, 'payment_method_collection', ['subscription'])
  onlyIn(input, 'saved_payment_method_options', ['payment', 'subscription'])
  onlyIn(input, 'setup_intent_data', ['setup'])
  onlyIn(input, 'shipping_options', ['payment'])
  onlyIn(input, 'submit_type', ['payment', 'subscription'])
  onlyIn(input, 'subscription_data', ['subscription'])
  if ((input.discounts?.length ?? 0) > 1) {
    throw invalidRequest('You can pass at most one discount.', { param: 'discounts' })
  }
  checkProration(input.subscription_data)
  billingMode(input.subscription_data?.billing_mode)
  pendingInterval(world, input.subscription_data?.pending_invoice_item_interval)
  checkExpiry(world, input.expires_at)
  checkTax(world, input)
}
