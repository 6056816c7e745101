import { type BillingErrorCode, routes } from '@paywright/contract'
import type { Asker } from './caller.ts'
import type { Route } from './define-route.ts'

const byAsker: Readonly<Record<Asker, readonly BillingErrorCode[]>> = {
  public: [],
  'optional-session': ['misconfigured'],
  session: ['unauthenticated', 'misconfigured'],
  'session-or-service': ['unauthenticated', 'forbidden', 'misconfigured'],
  service: ['forbidden'],
}

const unsafe: readonly BillingErrorCode[] = ['unsupported_media_type', 'cross_site_request', 'payload_too_large']
const always: readonly BillingErrorCode[] = ['invalid_request', 'store_unavailable', 'internal']

/** Every way in which a route may fail: what it says itself, and what follows from its kind. */
export const problemsOf = (route: Route): readonly BillingErrorCode[] => {
  const readsJson = routes[route.name].method === 'POST' && !route.signed
  return [
    ...new Set([
      ...always,
      ...byAsker[route.asks],
      ...(readsJson ? unsafe : []),
      ...(route.keyed ? (['idempotency_conflict'] as const) : []),
      ...(route.keyed === 'answers' ? (['request_in_progress'] as const) : []),
      ...(route.limited ? (['too_many_requests'] as const) : []),
      ...route.problems,
    ]),
  ]
}
