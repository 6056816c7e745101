export type {
  Answer,
  BillingFields,
  CardMethod,
  Confirmation,
  Intent,
  IntentRef,
  PageChange,
  PagePayment,
  PaymentPage,
  SessionRef,
  StripeBackend,
  TokenRequest,
} from './backend.ts'
export { httpBackend } from './backends/http.ts'
export { type MemoryBackend, type MemoryScenario, memoryBackend } from './backends/memory.ts'
export type { PaymentTerms } from './backends/memory-intents.ts'
export type { CheckoutLine, CheckoutTerms } from './backends/memory-pages.ts'
export { type TestCard, testCards } from './card/test-cards.ts'
export { createSimulatedStripe, type SimulatedStripeInput } from './create-simulated-stripe.ts'
export { IntegrationError } from './integration-error.ts'
