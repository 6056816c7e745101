import { invalidRequest } from '../../domain/failure.ts'
import { type CaptureInput, captureIntent } from '../../flows/payments/capture.ts'
import { idOf, type Routes, route } from '../route.ts'

const shared = ['application_fee_amount', 'transfer_data'] as const

interface ChargeCapture extends Omit<CaptureInput, 'amount_to_capture'> {
  readonly amount?: number
}

export const captureRoutes: Routes = {
  'POST /v1/payment_intents/{id}/capture': route<CaptureInput>(['amount_to_capture', ...shared], (call, input) => {
    const intent = call.world.need('payment_intent', idOf(call), { status: 404, param: 'intent' })
    return captureIntent(call.world, intent, input)
  }),
  'POST /v1/charges/{id}/capture': route<ChargeCapture>(['amount', ...shared], ({ world, ...call }, input) => {
    const charge = world.need('charge', call.ids[0] ?? '', { status: 404, param: 'charge' })
    if (charge.captured || charge.payment_intent === null) {
      throw invalidRequest(`Charge ${charge.id} has already been captured.`, { code: 'charge_already_captured' })
    }
    const { amount, ...rest } = input
    const asked = amount === undefined ? rest : { ...rest, amount_to_capture: amount }
    captureIntent(world, world.need('payment_intent', charge.payment_intent), asked)
    return world.need('charge', charge.id)
  }),
}
