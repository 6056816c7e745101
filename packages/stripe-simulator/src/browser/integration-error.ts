/** A mistake of the page that uses Stripe.js, not of the customer: it is thrown, as Stripe.js does. */
export class IntegrationError extends Error {
  override readonly name = 'IntegrationError'
}
