import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { needsCard } from '../../flows/checkout/pay.ts'
import { returnUrl } from '../../flows/checkout/ui-mode.ts'
import type { World } from '../../world.ts'
import { sessionView } from './session-view.ts'

/** The secret of the intent that waits for the buyer's bank. */
const askedOf = (world: World, { $attempt }: CheckoutSession): string | null => {
  const id = $attempt?.intent ?? ''
  const intent = world.store.get('payment_intent', id) ?? world.store.get('setup_intent', id)
  return intent?.status === 'requires_action' ? intent.client_secret : null
}

/** What Stripe.js needs to have a session paid in a page: the simulator's own answer, not one of Stripe's objects. */
export const paymentPage = (world: World, session: CheckoutSession) => ({
  id: session.id,
  object: 'payment_page',
  asked_intent: askedOf(world, session),
  frame_url: session.ui_mode === 'embedded_page' ? world.url(`/_simulator/checkout/${session.id}`) : null,
  needs_method: needsCard(session),
  offers_saving: session.saved_payment_method_options?.payment_method_save === 'enabled',
  return_url: session.return_url === undefined ? null : returnUrl(session),
  session: sessionView(world, session),
  ui_mode: session.ui_mode,
})
