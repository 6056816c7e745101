/** Stripe's test cards, by what their bank does. */
export const cards = {
  pays: '4242424242424242',
  declines: '4000000000000002',
  hasNoFunds: '4000000000009995',
  asksForProof: '4000002500003155',
} as const
