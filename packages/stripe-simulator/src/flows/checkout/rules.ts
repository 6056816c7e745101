import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import type { SubscriptionData } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'
import { billingMode } from '../subscriptions/billing-mode.ts'
import { pendingInterval } from '../subscriptions/pending-interval.ts'
import type { SessionInput } from './session-input.ts'
import { checkTax } from './tax.ts'

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

const checkProration = (data: SubscriptionData | undefined): void => {
  const anchored = data?.billing_cycle_anchor ?? data?.billing_cycle_anchor_config
  if (data?.proration_behavior === undefined || anchored !== undefined) return
  throw invalidRequest('`proration_behavior` can only be set with a `billing_cycle_anchor`.', {
    param: 'subscription_data[proration_behavior]',
  })
}

/** The parameters that exclude each other, belong to a mode, or must be there. */
export const checkSession = (world: World, input: SessionInput): void => {
  if (input.ui_mode !== undefined && input.ui_mode !== 'hosted_page') {
    throw notSimulated(`Checkout in \`${input.ui_mode}\` mode`, 'ui_mode')
  }
  if (input.success_url === undefined) throw missingParam('success_url')
  checkUrl(input.success_url, 'success_url')
  checkUrl(input.cancel_url, 'cancel_url')
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
  onlyIn(input, 'setup_intent_data', ['setup'])
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
