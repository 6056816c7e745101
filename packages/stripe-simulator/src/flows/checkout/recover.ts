import { invalidRequest } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { Recovery } from '../../domain/objects/checkout-parts.ts'
import type { World } from '../../world.ts'
import { createSession } from './create.ts'
import type { SessionInput } from './session-input.ts'

const recoverySeconds = 30 * 86_400

/** How an expired session can be taken up again, if it may. */
export const openRecovery = (
  world: World,
  session: CheckoutSession,
): { readonly after_expiration: Recovery | null } => {
  const recovery = session.after_expiration?.recovery
  if (!recovery?.enabled) return { after_expiration: session.after_expiration }
  const url = world.url(`/_simulator/recover/${session.id}`)
  return { after_expiration: { recovery: { ...recovery, expires_at: world.now() + recoverySeconds, url } } }
}

/** A fresh copy of an expired session, which knows where it comes from. */
export const recoverSession = (world: World, session: CheckoutSession): CheckoutSession => {
  const recovery = session.after_expiration?.recovery
  if (!recovery?.url || !session.$input || world.now() > (recovery.expires_at ?? 0)) {
    throw invalidRequest('This link has expired.', { status: 404 })
  }
  const { expires_at: _then, ...input } = session.$input as SessionInput
  const codes = recovery.allow_promotion_codes ? { allow_promotion_codes: true } : {}
  const fresh = createSession(world, { ...input, ...codes })
  return world.update(fresh, { recovered_from: session.id })
}
