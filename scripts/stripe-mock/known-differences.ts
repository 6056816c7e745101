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
    difference:
      /^POST \/v1\/customers: refused, taken by stripe-mock: Received unknown parameter: address\[(planet|toString)\]/,
    reason: 'stripe-mock takes any field in an object that may be emptied; Stripe does not',
  },
  {
    difference:
      /^GET \/v1\/products: taken, refused by stripe-mock: additional properties are not allowed \(.*\btype\b/,
    reason: 'the SDK of endive lists by type; the document of dahlia does not know the parameter',
  },
  {
    difference:
      /^GET \/v1\/subscriptions: taken, refused by stripe-mock: additional properties are not allowed \(.*\bplan\b/,
    reason: 'the SDK of endive lists by plan; the document of dahlia does not know the parameter',
  },
  {
    difference: /^POST \/v1\/products(\/\{id\})?: taken, refused by stripe-mock: .*\btax_details\b/,
    reason: 'API version: tax details of products are new in endive',
  },
  {
    difference: /^POST \/v1\/checkout\/sessions: taken, refused by stripe-mock: .*\ballowed_payment_method_types\[\]/,
    reason: 'API version: allowed payment methods are new in endive',
  },
  {
    difference: /^POST \/v1\/disputes\/\{id\}: taken, refused by stripe-mock: .*\(intended_submission_method\)/,
    reason: 'API version: how evidence is handed in is new in endive',
  },
  {
    difference: /^POST \/v1\/subscriptions\/\{id\}\/resume: taken, refused by stripe-mock: .*\bpayment_behavior\b/,
    reason: 'API version: how resuming is paid is new in endive',
  },
  {
    difference:
      /^POST \/v1\/webhook_endpoints: taken, refused by stripe-mock: object property 'api_version' validation failed/,
    reason: 'API version: endive is no version that dahlia knows',
  },
  {
    difference: /^GET \/v1\/\w+\/search: taken, refused by stripe-mock: An internal error occurred\. \(expand\[\]/,
    reason: 'stripe-mock breaks down over the expanded total count of a search',
  },
  {
    difference: /^POST \/v1\/subscriptions: refused, taken by stripe-mock: Invalid decimal: must be between 0 and 100/,
    reason: 'stripe-mock does not look at how large a number is',
  },
  {
    difference:
      /^POST \/v1\/billing\/feedback_options: refused, taken by stripe-mock: Invalid string: x+…; must be at most/,
    reason: 'stripe-mock does not look at how long a text is',
  },
  {
    difference: /^credit_note_line_item has no invoice_line_item$/,
    reason: 'only lines that credit a line of the invoice have it; stripe-mock answers its example as it stands',
  },
  {
    difference: /^invoiceitem has no net_amount$/,
    reason: 'only some positions have it; stripe-mock answers its example as it stands',
  },
  {
    difference: /^payment_method has no card$/,
    reason: 'bank accounts have none; stripe-mock answers its example as it stands',
  },
  {
    difference: /^dispute has no payment_method_details$/,
    reason: 'disputes of bank debits have none; stripe-mock answers its example as it stands',
  },
  {
    difference: /^refund has no destination_details$/,
    reason: 'only refunds that were sent on their way have them; stripe-mock answers its example as it stands',
  },
  {
    difference: /^search_result has no total_count$/,
    reason: 'Stripe leaves it out unless it is expanded; stripe-mock answers its example as it stands',
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
