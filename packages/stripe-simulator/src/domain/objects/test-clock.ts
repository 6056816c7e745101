import type { StripeObject } from './base.ts'

export interface TestClock extends StripeObject {
  readonly object: 'test_helpers.test_clock'
  readonly created: number
  readonly deleted?: boolean
  readonly deletes_after: number
  readonly frozen_time: number
  readonly name: string | null
  readonly status: 'advancing' | 'internal_failure' | 'ready'
  readonly status_details: { readonly advancing?: { readonly target_frozen_time: number } }
}
