import type { Advance } from './clock.ts'
import type { Delivery, DeliveryOptions, Travel } from './delivery/delivery.ts'
import type { Redelivery, RedeliveryResult } from './delivery/redeliver.ts'
import type { FailureKind } from './domain/failure.ts'
import type { ObjectName, StripeObjects } from './domain/objects/all.ts'
import type { PaymentIntent } from './domain/objects/payment.ts'
import type { SecretRoll } from './flows/roll-secret.ts'
import type { SimulatorSettings } from './settings.ts'
import type { SimulatorCore } from './simulator-core.ts'
import type { SimulatorState } from './store/state-file.ts'

/** Where events go. */
export interface WebhookTarget {
  readonly url: string
  /** The endpoint's signing secret; by default the simulator's own, `keys.webhookSecret`. */
  readonly secret?: string
  /** Event types; by default all. */
  readonly events?: readonly string[]
  /** Hears of connected accounts instead of the platform's own: a Connect endpoint. */
  readonly connect?: boolean
  /** The API version its events are rendered in; by default the account's. */
  readonly apiVersion?: string
}

export interface SimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number
  /** The address to listen on; by default this machine only. */
  readonly host?: string
  /** The same seed and the same calls make the same ids. */
  readonly seed?: number
  /** Where time comes from; by default the real clock. */
  readonly now?: () => Date
  readonly webhooks?: readonly WebhookTarget[]
  readonly delivery?: DeliveryOptions
  /** How many events, finished deliveries and idempotent answers it remembers, of each; by default 10 000. */
  readonly retain?: number
  /** Where to keep everything, so that a restart goes on where the last run stopped. */
  readonly dataFile?: string
  /** What Stripe leaves to an account's settings. */
  readonly settings?: Partial<Omit<SimulatorSettings, 'seed'>>
}

export interface SimulatorKeys {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
}

export interface NextDecline {
  readonly code?: string
  readonly declineCode?: string
  readonly times?: number
}

export interface NextFailure {
  readonly code: FailureKind
  readonly times?: number
}

/** A simulated Stripe account, running. */
export interface StripeSimulator extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly keys: SimulatorKeys
  /** What the hosted pages do, for tests that play the customer. */
  readonly core: SimulatorCore
  readonly clock: {
    now(): Date
    /** Moves time ahead; everything due on the way happens in order. Resolves with the new time. */
    advance(by: Advance): Promise<Date>
  }
  readonly webhooks: {
    pause(): void
    resume(): void
    isPaused(): boolean
    /** Changes how events travel from here on. */
    change(options: DeliveryOptions): void
    /** How they travel at the moment. */
    travel(): Travel
    pending(): number
    /** Newest first. */
    log(): readonly Delivery[]
  }
  /** Objects as the API would answer them, newest first: the platform's, or a connected account's. */
  objects<N extends ObjectName>(name: N, account?: string): StripeObjects[N][]
  counts(): Readonly<Record<string, number>>
  /** Delivers an event again, as often and as many at once as asked for. */
  redeliver(eventId: string, redelivery?: Redelivery): Promise<RedeliveryResult>
  /** A new signing secret for an endpoint; the old one signs beside it for a while. */
  rollSecret(roll?: SecretRoll): { readonly id: string; readonly secret: string }
  /** The next charges fail, whatever the card. */
  declineNext(decline?: NextDecline): void
  /** The next requests to the API fail, whatever they ask. */
  failNext(failure: NextFailure): void
  /**
   * The bank answers a debit that is on its way, by its PaymentIntent: now, and as you want it. `failureCode`: why it
   * comes back, such as `insufficient_funds`.
   */
  settlePayment(intentId: string, outcome: 'fail' | 'succeed', failureCode?: string): PaymentIntent
  /** Resolves when no event waits to be delivered. */
  settled(): Promise<void>
  snapshot(): SimulatorState
  restore(state: SimulatorState): void
  /** Back to an empty account; webhook endpoints of the options stay. */
  reset(): true
  close(): Promise<void>
}
