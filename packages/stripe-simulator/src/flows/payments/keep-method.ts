import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { usageOf } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { attachPaymentMethod } from './payment-methods.ts'

/** What becomes of a method that pays: the customer's for later, or used up. */
export const keepMethod = (world: World, intent: PaymentIntent, method: PaymentMethod): void => {
  const { customer } = intent
  const usage = method.type === 'card' ? usageOf(intent) : intent.setup_future_usage
  const current = world.need('payment_method', method.id)
  if (customer === null || usage === null) {
    world.update(current, { $spent: current.customer === null })
    return
  }
  const saved = current.customer === null ? attachPaymentMethod(world, current, customer) : current
  if (usage === 'off_session') world.update(saved, { $setUp: true })
}
