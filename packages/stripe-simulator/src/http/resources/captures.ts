import { invalidRequest } from '../../domain/failure.ts'
import { captureIntent } from '../../flows/payments/capture.ts'
import { idOf, type Routes, route } from '../route.ts'

export const captureRoutes: Routes = {
  'POST /v1/payment_intents/{id}/capture': route<{ amount_to_capture?: number }>(
    ['amount_to_capture'],
    (call, { amount_to_capture }) => {
      const intent = call.world.need('payment_intent', idOf(call), { status: 404, param: 'intent' })
      return captureIntent(call.world, intent, amount_to_capture)
    },
  ),
  'POST /v1/charges/{id}/capture': route<{ amount?: number }>(['amount'], ({ world, ...call }, { amount }) => {
    const charge = world.need('charge', call.ids[0] ?? '', { status: 404, param: 'charge' })
    if (charge.captured || charge.payment_intent === null) {
      throw invalidRequest(`Charge ${charge.id} has already been captured.`, { code: 'charge_already_captured' })
    }
    captureIntent(world, world.need('payment_intent', charge.payment_intent), amount)
    return world.need('charge', charge.id)
  }),
}
