import Stripe from 'stripe'
import type { StripeAddress } from '../../src/testing.ts'

/** Stock stripe-node, as an app would point it at the address. */
export const clientFor = ({ host, port, secretKey }: StripeAddress): Stripe =>
  new Stripe(secretKey, { host, port, protocol: 'http', telemetry: false })
