import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'

/** The debit of a session that was complete long ago has arrived. */
export const asyncSucceeded = (world: World, session: CheckoutSession): void => {
  if (session.payment_status !== 'unpaid') return
  world.emit('checkout.session.async_payment_succeeded', world.update(session, { payment_status: 'paid' }))
}

/** It came back: the session stays as it is, unpaid. */
export const asyncFailed = (world: World, session: CheckoutSession): void => {
  if (session.payment_status === 'unpaid') world.emit('checkout.session.async_payment_failed', session)
}
