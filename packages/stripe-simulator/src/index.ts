export type { Advance } from './clock.ts'
export { createStripeSimulator } from './create-simulator.ts'
export type { Attempt, Delivery, DeliveryOptions } from './delivery/delivery.ts'
export type { Redelivery, RedeliveryResult } from './delivery/redeliver.ts'
export type { SecretRoll } from './flows/roll-secret.ts'
export type { SimulatorSettings } from './settings.ts'
export type {
  NextDecline,
  NextFailure,
  SimulatorKeys,
  SimulatorOptions,
  StripeSimulator,
  WebhookTarget,
} from './simulator.ts'
export type { CardInput, CheckoutOutcome, CheckoutPayment, SimulatorCore } from './simulator-core.ts'
export type { SimulatorState } from './store/state-file.ts'
