import type { PaymentIntent } from '@stripe/stripe-js'
import { behaviourOf, type Refusal } from '../../domain/card.ts'
import { type Attempt, judgeCharge, judgeSetup, type Verdict } from '../../domain/verdict.ts'
import type { Intent, IntentRef } from '../backend.ts'
import { asking, type Birth, refused, succeeded } from './memory-intents.ts'

const noTestCard: Refusal = {
  code: 'card_declined',
  declineCode: 'test_mode_live_card',
  message: 'Your card was declined. Your request was in test mode, but used a non test card.',
}

const judge = (intent: Intent, number: string, attempt: Attempt): Verdict => {
  const card = behaviourOf(number)
  if (!card) return { kind: 'decline', refusal: noTestCard }
  return intent.object === 'payment_intent' ? judgeCharge(card, attempt, false) : judgeSetup(card, attempt)
}

export interface MemoryAttempt extends Attempt {
  readonly number: string
  readonly paymentMethod: string
  /** What to ask the customer for, should the bank want to. */
  readonly action: PaymentIntent.NextAction
}

/** The intent after the bank has spoken. */
export const attempted = <I extends Intent>(intent: I, attempt: MemoryAttempt): I => {
  const verdict = judge(intent, attempt.number, attempt)
  if (verdict.kind === 'ask') return asking(intent, attempt.paymentMethod, attempt.action)
  return verdict.kind === 'decline' ? refused(intent, verdict.refusal) : succeeded(intent, attempt.paymentMethod)
}

/** The intents of one memory backend, and the card number that each payment method or token stands for. */
export const memoryStore = (onIntentChange: (intent: Intent) => void) => {
  const intents = new Map<string, Intent>()
  const numbers = new Map<string, string>()
  let made = 0
  return {
    birth: (prefix: string): Birth => {
      made += 1
      return { id: `${prefix}_simulated${made}`, created: Math.floor(Date.now() / 1000) }
    },
    keep: <I extends Intent>(intent: I): I => {
      intents.set(intent.id, intent)
      onIntentChange(intent)
      return intent
    },
    byId: (id: string): Intent | undefined => intents.get(id),
    find: ({ id, clientSecret }: IntentRef): Intent | undefined => {
      const intent = intents.get(id)
      return intent?.client_secret === clientSecret ? intent : undefined
    },
    keepNumber: <O extends { readonly id: string }>(object: O, number: string): O => {
      numbers.set(object.id, number)
      return object
    },
    numberOf: (id: string): string | undefined => numbers.get(id),
  }
}
