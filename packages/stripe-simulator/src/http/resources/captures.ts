import { invalidRequest } from '../../domain/failure.ts'
import type { Charge } from '../../domain/objects/payment.ts'
import { type SharedInput, termsOf } from '../../flows/connect/terms.ts'
import { type CaptureInput, captureCharge, captureIntent } from '../../flows/payments/capture.ts'
import { descriptorOf, settleCharge } from '../../flows/payments/charges.ts'
import type { World } from '../../world.ts'
import { idOf, type Routes, route } from '../route.ts'
import { refuseDescriptor } from './intent-input.ts'

interface ChargeCaptureInput extends SharedInput {
  readonly amount?: number
  readonly receipt_email?: string
  readonly statement_descriptor?: string
  readonly statement_descriptor_suffix?: string
}

const amountOf = (charge: Charge, asked: number | undefined): number => {
  const amount = asked ?? charge.amount
  if (amount >= 1 && amount <= charge.amount) return amount
  throw invalidRequest(
    `The requested capture amount is greater than the amount you can capture for this charge (${charge.amount}).`,
    { code: 'amount_too_large', param: 'amount' },
  )
}

/** A charge without an intent, which only a token can have been charged by. */
const captureAlone = (world: World, charge: Charge, input: ChargeCaptureInput): void => {
  if (charge.refunded) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  const suffix = input.statement_descriptor_suffix ?? input.statement_descriptor
  const described = { statement_descriptor_suffix: suffix ?? charge.statement_descriptor_suffix }
  const amount = amountOf(charge, input.amount)
  const { amount: _amount, ...asked } = input
  captureCharge(world, charge, {
    amount,
    changes: {
      ...termsOf(world, { old: charge, input: asked, amount: input.transfer_data ? amount : charge.amount }),
      calculated_statement_descriptor: descriptorOf(described),
      receipt_email: input.receipt_email ?? charge.receipt_email,
      ...described,
    },
  })
  settleCharge(world, charge.id)
}

const captureOfIntent = (world: World, id: string, input: ChargeCaptureInput): void => {
  const { amount: amount_to_capture, statement_descriptor, ...asked } = input
  refuseDescriptor(statement_descriptor)
  const intent = world.need('payment_intent', id)
  captureIntent(world, intent, { ...asked, amount_to_capture })
}

const capture = (world: World, charge: Charge, input: ChargeCaptureInput): void => {
  if (charge.captured) {
    throw invalidRequest(`Charge ${charge.id} has already been captured.`, { code: 'charge_already_captured' })
  }
  if (charge.payment_intent === null) captureAlone(world, charge, input)
  else captureOfIntent(world, charge.payment_intent, input)
}

interface IntentCaptureInput extends CaptureInput {
  readonly statement_descriptor?: string
}

const shared = ['application_fee_amount', 'transfer_data'] as const

export const captureRoutes: Routes = {
  'POST /v1/payment_intents/{id}/capture': route<IntentCaptureInput>(
    [
      'amount_details',
      'amount_to_capture',
      'final_capture',
      'metadata',
      'statement_descriptor',
      'statement_descriptor_suffix',
      ...shared,
    ],
    (call, input) => {
      const intent = call.world.need('payment_intent', idOf(call), { status: 404, param: 'intent' })
      refuseDescriptor(input.statement_descriptor)
      return captureIntent(call.world, intent, input)
    },
  ),
  'POST /v1/charges/{id}/capture': route<ChargeCaptureInput>(
    ['amount', 'receipt_email', 'statement_descriptor', 'statement_descriptor_suffix', ...shared],
    (call, input) => {
      const charge = call.world.need('charge', idOf(call), { status: 404, param: 'charge' })
      capture(call.world, charge, input)
      return call.world.need('charge', charge.id)
    },
  ),
}
