import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import { verifyBankAccount } from '../../flows/bank-answers.ts'
import type { DepositsInput } from '../../simulator-core.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const verify =
  (name: 'payment_intent' | 'setup_intent') =>
  (call: Call, input: DepositsInput): PaymentIntent | SetupIntent =>
    verifyBankAccount(call.world, call.world.need(name, idOf(call), { status: 404, param: 'intent' }), input)

/** A bank account is proved by what arrives on it. */
export const microdepositRoutes: Routes = {
  'POST /v1/payment_intents/{id}/verify_microdeposits': route<DepositsInput>(
    ['amounts', 'descriptor_code'],
    verify('payment_intent'),
  ),
  'POST /v1/setup_intents/{id}/verify_microdeposits': route<DepositsInput>(
    ['amounts', 'descriptor_code'],
    verify('setup_intent'),
  ),
}
