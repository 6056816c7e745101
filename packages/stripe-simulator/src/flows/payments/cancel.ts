import { invalidRequest } from '../../domain/failure.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { canCancel, canceled, unexpectedState } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { releaseIntent } from './capture.ts'
import { recallDebit } from './settle-debit.ts'

/** A US debit can be called back until the bank has decided. */
const canRecall = (world: World, { status, payment_method }: PaymentIntent): boolean =>
  status === 'processing' && world.store.get('payment_method', payment_method ?? '')?.type === 'us_bank_account'

const refuseMade = ({ $checkoutSession, $invoice }: PaymentIntent): void => {
  if ($checkoutSession !== undefined) {
    throw invalidRequest(
      'You cannot cancel this PaymentIntent because it belongs to a Checkout Session. Expire the session instead.',
    )
  }
  if ($invoice === undefined) return
  throw invalidRequest('You cannot cancel this PaymentIntent because it was created by an invoice. Void the invoice.')
}

/** Ends an intent that nobody is to pay. What was held goes back; a debit that is on its way is called back. */
export const cancelIntent = (world: World, intent: PaymentIntent, reason: string | null): PaymentIntent => {
  if (!canCancel(intent) && !canRecall(world, intent)) throw unexpectedState(intent, 'cancel')
  refuseMade(intent)
  if (intent.status === 'processing') return recallDebit(world, intent, reason)
  if (intent.status === 'requires_capture') releaseIntent(world, intent)
  const ended = world.update(intent, canceled(world.now(), reason))
  world.emit('payment_intent.canceled', ended)
  return ended
}
