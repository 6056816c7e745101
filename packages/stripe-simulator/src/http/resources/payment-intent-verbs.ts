import { invalidRequest } from '../../domain/failure.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import { unexpectedState } from '../../domain/payment-intent.ts'
import { type IncrementInput, incrementAuthorization } from '../../flows/payments/increment.ts'
import { pageOf, pageParams } from '../list.ts'
import { idOf, type Routes, route } from '../route.ts'
import { needIntent } from './intent-input.ts'

/** Money that a customer sent ahead: nobody can, here. */
const refuseCashBalance = (intent: PaymentIntent): never => {
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedState(intent, 'apply a customer balance to')
  }
  throw invalidRequest(
    intent.customer === null
      ? 'This PaymentIntent has no customer whose cash balance could be applied to it.'
      : `The customer ${intent.customer} has no cash balance that could be applied to this PaymentIntent.`,
    { code: 'payment_intent_unexpected_state' },
  )
}

/** Cards are not verified by small deposits. */
const refuseMicrodeposits = (intent: PaymentIntent | SetupIntent): never => {
  const label = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'
  throw invalidRequest(
    `You cannot verify microdeposits for this ${label} because it is not awaiting microdeposit verification: it has a status of ${intent.status}.`,
    { code: `${intent.object}_unexpected_state` },
  )
}

const microdepositParams = ['amounts', 'descriptor_code'] as const

export const paymentIntentVerbRoutes: Routes = {
  'GET /v1/payment_intents/{id}/amount_details_line_items': route(pageParams, (call) =>
    pageOf(call, needIntent(call).$lineItems ?? []),
  ),
  'POST /v1/payment_intents/{id}/apply_customer_balance': route(['amount', 'currency'], (call) =>
    refuseCashBalance(needIntent(call)),
  ),
  'POST /v1/payment_intents/{id}/increment_authorization': route<IncrementInput>(
    ['amount', 'amount_details', 'description', 'metadata'],
    (call, input) => incrementAuthorization(call.world, needIntent(call), input),
  ),
  'POST /v1/payment_intents/{id}/verify_microdeposits': route(microdepositParams, (call) =>
    refuseMicrodeposits(needIntent(call)),
  ),
  'POST /v1/setup_intents/{id}/verify_microdeposits': route(microdepositParams, (call) =>
    refuseMicrodeposits(call.world.need('setup_intent', idOf(call), { status: 404, param: 'intent' })),
  ),
}
