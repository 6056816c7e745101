import type { StripeSimulator } from '@paywright/stripe-simulator'
import type { EffectType } from '../../src/domain/event.ts'
import type { Actor } from '../journeys/actor.ts'

export type Stage = {
  alice: Actor
  stripe: StripeSimulator
  /** Does something in Stripe's dashboard, with the secret key. */
  ask(path: string, fields: Readonly<Record<string, string>>): Promise<void>
  /** Something happens at Stripe, and its webhooks come while nobody dies. */
  happens(work: () => unknown): Promise<void>
}

export type Way = {
  /** Brings everything to where something happens at Stripe, and gives what that is. */
  begins: (stage: Stage) => Promise<() => unknown>
  /** What the host is to hear of it. */
  tells: readonly EffectType[]
  /** The credits that are available then. */
  leaves: number
}
