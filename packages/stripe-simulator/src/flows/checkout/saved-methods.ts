import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { CheckoutPayment } from '../../simulator-core.ts'
import type { World } from '../../world.ts'

const savesAnyway = (session: CheckoutSession): boolean =>
  session.mode !== 'payment' || session.$paymentIntentData?.setup_future_usage !== undefined

/** How freely a card may be shown again: as freely as its owner has said. */
export const redisplayOf = (
  session: CheckoutSession,
  { savePaymentMethod }: CheckoutPayment,
): PaymentMethod['allow_redisplay'] => {
  if (savePaymentMethod === true) return 'always'
  return savesAnyway(session) ? 'limited' : 'unspecified'
}

/** The cards of the session's customer that the session may show again, newest first. */
export const savedMethods = (world: World, session: CheckoutSession): PaymentMethod[] => {
  const { customer, saved_payment_method_options: options } = session
  if (customer === null || options === null) return []
  const shown: readonly string[] = options.allow_redisplay_filters ?? ['always']
  return world.store
    .all('payment_method')
    .filter((method) => method.customer === customer && shown.includes(method.allow_redisplay))
    .reverse()
}
