import type { Difference } from './compare.ts'

export type Known = { difference: RegExp; reason: string }

/** stripe-mock 0.203.0 carries API version 2026-08-26.dahlia; the simulator speaks 2026-10-28.endive. */
const knownDifferences: readonly Known[] = [
  {
    difference: /payment_method_types` parameter is no longer supported/,
    reason: 'API version: removed from requests in endive, still taken in dahlia',
  },
  {
    difference: /^POST \/v1\/subscriptions\/\{id\}\/pause: taken, refused by stripe-mock: Unrecognized request URL/,
    reason: 'API version: new in endive',
  },
  {
    difference:
      /taken, refused by stripe-mock: object property 'billing_cycle_anchor' validation failed: value is not a string/,
    reason: 'API version: an object since endive, a word in dahlia',
  },
  {
    difference: /^charge has no refunds$/,
    reason: 'Stripe leaves it out unless it is expanded; stripe-mock answers its example as it stands',
  },
  {
    difference: /^invoice has no amount_paid_off_stripe$/,
    reason: 'only invoices that were paid outside Stripe have it; stripe-mock answers its example as it stands',
  },
  {
    difference: /^POST \/v1\/(test_helpers\/)?confirmation_tokens: taken, refused by stripe-mock/,
    reason: 'Stripe.js alone sends it; the document for servers leaves it out',
  },
  {
    difference: /payment_method_data\[card\]\[number\]/,
    reason: 'card numbers come from Stripe.js alone; the document for servers leaves them out',
  },
  {
    difference: /^POST \/v1\/customers: refused, taken by stripe-mock: Received unknown parameter: address\[planet\]/,
    reason: 'stripe-mock takes any field in an object that may be emptied; Stripe does not',
  },
  {
    difference: /refused, taken by stripe-mock: Missing required param: /,
    reason: 'wanted because of another parameter or the mode; a document of parameters cannot say that',
  },
  {
    difference: /The Stripe simulator does not implement /,
    reason: 'refused in the open: status 501, code simulator_not_implemented',
  },
]

export const knownAs = (difference: Difference): Known | undefined =>
  knownDifferences.find((known) => known.difference.test(difference))
