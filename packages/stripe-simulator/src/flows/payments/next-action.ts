import type { NextAction } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'

/** How the customer comes back from a challenge. */
export interface ReturnWay {
  readonly returnUrl?: string | undefined
  /** Stripe.js opens the challenge over the page. */
  readonly useStripeSdk?: boolean | undefined
}

export const challengeUrl = (world: World, intentId: string): string => world.url(`/_simulator/challenge/${intentId}`)

export const nextAction = (world: World, intent: { readonly id: string }, way: ReturnWay): NextAction => {
  const url = challengeUrl(world, intent.id)
  if (way.returnUrl !== undefined && way.useStripeSdk !== true) {
    return { type: 'redirect_to_url', redirect_to_url: { url, return_url: way.returnUrl } }
  }
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: intent.id.replace(/^[a-z]+/, 'src') },
  }
}
