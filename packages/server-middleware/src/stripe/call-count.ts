import { isBillingError } from '../domain/errors.ts'
import type { Metrics } from '../ports/metrics.ts'

type Target = Pick<Metrics, 'providerCall'>

/** Counts requests where it was last told to; before that, nowhere. */
export type CallCount = {
  answered: () => void
  failed: (error: unknown) => void
  to: (metrics: Target) => void
}

export const createCallCount = (): CallCount => {
  let target: Target | null = null
  return {
    answered: () => target?.providerCall('ok'),
    failed: (error) => target?.providerCall(isBillingError(error, 'provider_unavailable') ? 'unavailable' : 'refused'),
    to: (metrics) => {
      target = metrics
    },
  }
}
