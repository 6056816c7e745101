/** What Stripe leaves to an account's settings, or what is not known for certain: each with Stripe's documented default. */
export interface SimulatorSettings {
  readonly seed: number
  /** When a failed renewal is tried again, in days after the first attempt. */
  readonly retryDays: readonly number[]
  /** What becomes of a subscription when the last retry failed. */
  readonly afterLastRetry: 'cancel' | 'mark_unpaid' | 'leave_past_due'
  /** The status in `customer.subscription.created` when Checkout made the subscription. */
  readonly checkoutSubscriptionCreatedAs: 'active' | 'incomplete'
  /** Whether a trial starts with an invoice over nothing. */
  readonly trialInvoice: boolean
  /** How long a draft invoice waits before it is finalized, in seconds. */
  readonly draftSeconds: number
  /** How long after a refund a failing card sends it back, in seconds. */
  readonly refundFailureSeconds: number
  /** How long each API call takes, in milliseconds. */
  readonly latencyMs: number
}

export const defaultSettings: SimulatorSettings = {
  seed: 1,
  retryDays: [3, 5, 7],
  afterLastRetry: 'cancel',
  checkoutSubscriptionCreatedAs: 'active',
  trialInvoice: true,
  draftSeconds: 3600,
  refundFailureSeconds: 60,
  latencyMs: 0,
}
