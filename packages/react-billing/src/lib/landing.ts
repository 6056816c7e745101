/** What the address says about where the visitor comes from. */
export type Landing =
  | { kind: 'none' }
  | { kind: 'canceled' }
  | { kind: 'checkout'; sessionId: string }
  | { kind: 'payment'; paymentId: string }
  | { kind: 'portal'; portalReturn: string }

/** Reads a return from Checkout, from a bank's redirect or from the portal. */
export const readLanding = (search: string): Landing => {
  const query = new URLSearchParams(search)
  const paymentId = query.get('payment_intent')
  const sessionId = query.get('session_id')
  const portalReturn = query.get('portal_return')
  if (paymentId) return { kind: 'payment', paymentId }
  if (sessionId && query.has('success')) return { kind: 'checkout', sessionId }
  if (query.has('canceled')) return { kind: 'canceled' }
  if (portalReturn) return { kind: 'portal', portalReturn }
  return { kind: 'none' }
}

const ours = [
  'success',
  'canceled',
  'session_id',
  'payment_intent',
  'payment_intent_client_secret',
  'redirect_status',
  'portal_return',
]

/** The address without what `readLanding` reads, so that a reload doesn't say it again; a secret doesn't stay in it. */
export const cleanAddress = (address: string): string => {
  const url = new URL(address)
  for (const name of ours) url.searchParams.delete(name)
  return url.href
}
