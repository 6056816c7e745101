import { invalidRequest } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { canceled } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { openRecovery } from './recover.ts'

/** Closes an open session; a payment that was tried in it is canceled. */
export const expireSession = (world: World, session: CheckoutSession): CheckoutSession => {
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    )
  }
  const intent = world.store.get('payment_intent', session.$attempt?.intent ?? '')
  if (intent) {
    const ended = world.update(intent, canceled(world.now(), 'expired'))
    world.emit('payment_intent.canceled', ended)
  }
  const expired = world.update(session, { status: 'expired', url: null, ...openRecovery(world, session) })
  world.emit('checkout.session.expired', expired)
  return expired
}
