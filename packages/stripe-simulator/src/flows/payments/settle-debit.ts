import { type Refusal, refusal } from '../../domain/card.ts'
import { debitBehaviourOf, intentCode } from '../../domain/debit.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { Charge, PaymentIntent } from '../../domain/objects/payment.ts'
import { canceled, paid, unpaid } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { failureOf } from './charges.ts'
import { errorOf } from './payment-error.ts'

/** What a bank says to a debit. */
export type BankAnswer = { readonly succeeds: true } | { readonly succeeds: false; readonly refusal?: Refusal }

interface Debit {
  readonly intent: PaymentIntent
  readonly charge: Charge
}

const debitOf = (world: World, intent: PaymentIntent): Debit => {
  if (intent.status !== 'processing') {
    throw invalidRequest(`No debit is on its way: this PaymentIntent has a status of ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    })
  }
  return { intent, charge: world.need('charge', intent.latest_charge ?? '') }
}

/** The charge without the memory of what was to come. */
const decided = (world: World, { $debit: _debit, ...charge }: Charge): Charge => {
  world.store.put(charge)
  return charge
}

const isDisputed = (world: World, charge: Charge): boolean =>
  debitBehaviourOf(world.need('payment_method', charge.payment_method ?? '').$number)?.disputed === true

const arrive = (world: World, { intent, charge }: Debit): PaymentIntent => {
  const arrived = world.update(decided(world, charge), {
    paid: true,
    status: 'succeeded',
    ...(isDisputed(world, charge) ? { $disputesAt: world.now() } : {}),
  })
  world.emit('charge.succeeded', arrived)
  const done = world.update(intent, paid(intent, charge.id, charge.payment_method ?? ''))
  world.emit('payment_intent.succeeded', done)
  return done
}

const comeBack = (world: World, { intent, charge }: Debit, why: Refusal): PaymentIntent => {
  const failed = world.update(decided(world, charge), failureOf(why))
  world.emit('charge.failed', failed)
  const method = world.need('payment_method', charge.payment_method ?? '')
  const error = errorOf(method, { ...why, code: intentCode(why.code) }, charge.id)
  const waiting = world.update(intent, unpaid(error))
  world.emit('payment_intent.payment_failed', waiting)
  return waiting
}

/** The bank has answered: the money is there, or the debit comes back. What that means for others is the caller's. */
export const settleDebit = (world: World, given: PaymentIntent, answer: BankAnswer): PaymentIntent => {
  const debit = debitOf(world, given)
  if (answer.succeeds) return arrive(world, debit)
  const planned = debit.charge.$debit?.refusal
  return comeBack(world, debit, answer.refusal ?? planned ?? refusal('generic_could_not_process'))
}

/** What the bank was going to say. */
export const plannedAnswer = ({ $debit }: Charge): BankAnswer =>
  $debit?.refusal ? { succeeds: false, refusal: $debit.refusal } : { succeeds: true }

/** Calls a debit back before the bank has decided. */
export const recallDebit = (world: World, given: PaymentIntent, reason: string | null): PaymentIntent => {
  const { intent, charge } = debitOf(world, given)
  const why = { code: 'generic_could_not_process', message: 'The payment was canceled before it was collected.' }
  world.emit('charge.failed', world.update(decided(world, charge), failureOf(why)))
  const ended = world.update(intent, canceled(world.now(), reason))
  world.emit('payment_intent.canceled', ended)
  return ended
}
