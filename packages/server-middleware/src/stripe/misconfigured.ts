import { BillingError } from '../domain/errors.ts'

export const misconfigured = (problem: string): BillingError =>
  new BillingError('misconfigured', `stripeProvider: ${problem}`)
