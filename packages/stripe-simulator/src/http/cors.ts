import type { RequestHandler } from 'express'

/** A browser talks to Stripe from the page's own origin. */
export const allowBrowsers: RequestHandler = (request, response, next) => {
  response.set({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': request.header('access-control-request-headers') ?? '*',
    'access-control-expose-headers': 'request-id, stripe-version, idempotency-key, idempotent-replayed',
    'access-control-max-age': '600',
  })
  if (request.method === 'OPTIONS') response.status(204).end()
  else next()
}
