import { refusal } from '../domain/card.ts'
import { debitBehaviourOf } from '../domain/debit.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import type { Charge, PaymentIntent, SetupIntent } from '../domain/objects/payment.ts'
import { isSettled } from '../domain/payment-intent.ts'
import type { ChallengeOutcome, DepositsInput } from '../simulator-core.ts'
import type { World } from '../world.ts'
import { needIntent, tellOutcome } from './confirmation.ts'
import { failDeposits, timeOutDeposits, verifyDeposits, waitsForDeposits } from './payments/microdeposits.ts'
import { type BankAnswer, plannedAnswer, settleDebit } from './payments/settle-debit.ts'

interface Due {
  readonly about: StripeObject
  readonly at: number
  readonly run: () => void
}

const answer = (world: World, intent: PaymentIntent, said: BankAnswer): PaymentIntent => {
  tellOutcome(world, settleDebit(world, intent, said))
  return world.need('payment_intent', intent.id)
}

/** The bank answers a debit now, whatever it was going to say. */
export const answerDebit = (
  world: World,
  intentId: string,
  { succeeds, failureCode }: { readonly succeeds: boolean; readonly failureCode?: string | undefined },
): PaymentIntent => {
  const intent = world.need('payment_intent', intentId, { status: 404, param: 'intent' })
  if (succeeds) return answer(world, intent, { succeeds })
  return answer(world, intent, {
    succeeds,
    ...(failureCode === undefined ? {} : { refusal: refusal(failureCode) }),
  })
}

const debitDue = (world: World, charge: Charge): Due[] => {
  const at = charge.$debit?.at
  if (at === undefined || at === null) return []
  const run = () => {
    answer(world, world.need('payment_intent', charge.payment_intent ?? ''), plannedAnswer(charge))
  }
  return [{ about: charge, at, run }]
}

const patienceSeconds = 10 * 86_400

const depositsDue = (world: World, intent: PaymentIntent | SetupIntent): Due => {
  const asked = intent.$askedAt ?? world.now()
  const method = world.need('payment_method', intent.payment_method ?? '')
  return debitBehaviourOf(method.$number)?.unverifiable === true
    ? {
        about: intent,
        at: asked + world.settings.debitSeconds,
        run: () => tellOutcome(world, failDeposits(world, intent)),
      }
    : { about: intent, at: asked + patienceSeconds, run: () => tellOutcome(world, timeOutDeposits(world, intent)) }
}

/** Debits that banks decide, and deposits that do not arrive or that nobody counts. */
export const debitDues = (world: World): Due[] => [
  ...world.store.all('charge').flatMap((charge) => debitDue(world, charge)),
  ...[...world.store.all('payment_intent'), ...world.store.all('setup_intent')]
    .filter(waitsForDeposits)
    .map((intent) => depositsDue(world, intent)),
]

/** Whoever owns the account says what arrived on it; what waited for that goes on. */
export const verifyBankAccount = <I extends PaymentIntent | SetupIntent>(
  world: World,
  intent: I,
  input: DepositsInput,
): I => {
  tellOutcome(world, verifyDeposits(world, intent, input))
  return world.need(intent.object, intent.id) as I
}

/** The same on a page. */
export const verifyOnPage = (world: World, intentId: string, input: DepositsInput): ChallengeOutcome => {
  const intent = verifyBankAccount(world, needIntent(world, intentId), input)
  const error = intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error
  return {
    status: intent.status,
    ...(isSettled(intent) || !error ? {} : { error: { message: error.message, code: error.code } }),
  }
}
