export type {
  Answer,
  BillingFields,
  CardMethod,
  Confirmation,
  Intent,
  IntentRef,
  StripeBackend,
  TokenRequest,
} from './backend.ts'
export { httpBackend } from './backends/http.ts'
export { type MemoryBackend, type MemoryScenario, memoryBackend } from './backends/memory.ts'
export type { PaymentTerms } from './backends/memory-intents.ts'
export { type TestCard, testCards } from './card/test-cards.ts'
export { createSimulatedStripe, type SimulatedStripeInput } from './create-simulated-stripe.ts'
export { IntegrationError } from './integration-error.ts'
