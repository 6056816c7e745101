import { type StripeAddress, stripeGlobalSetup } from '../../../src/testing.ts'

export const setup = stripeGlobalSetup({ now: () => new Date('2026-01-31T09:00:00Z') })

declare module 'vitest' {
  interface ProvidedContext {
    stripe: StripeAddress
  }
}
