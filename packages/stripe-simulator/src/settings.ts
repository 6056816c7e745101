/** Ready-made schedules of retries: like Smart Retries' recommendation, one of Stripe's own choices, or none at all. */
const retryPresets = {
  smart: [1, 2, 4, 6, 8, 10, 12, 14],
  days_1_3_5_7: [1, 3, 5, 7],
  none: [],
} as const

export type RetryPreset = keyof typeof retryPresets

export const retryDaysOf = ({ retryDays }: Pick<SimulatorSettings, 'retryDays'>): readonly number[] =>
  typeof retryDays === 'string' ? retryPresets[retryDays] : retryDays

/** How many requests an account may make, in real seconds. */
export interface RateLimit {
  readonly perSecond: number
  readonly perEndpointPerSecond: number
  readonly searchesPerSecond: number
}

/** What Stripe allows a sandbox. */
const sandbox: RateLimit = { perSecond: 25, perEndpointPerSecond: 25, searchesPerSecond: 20 }

export const rateLimitOf = ({ rateLimit }: Pick<SimulatorSettings, 'rateLimit'>): RateLimit | undefined => {
  if (rateLimit === 'off') return undefined
  return rateLimit === 'sandbox' ? sandbox : rateLimit
}

/** What Stripe leaves to an account's settings, or what is not known for certain: each with Stripe's documented default. */
export interface SimulatorSettings {
  readonly seed: number
  /** When a failed renewal is tried again: in days after the first attempt, or a preset. */
  readonly retryDays: RetryPreset | readonly number[]
  /** What becomes of a subscription when the last retry failed. */
  readonly afterLastRetry: 'cancel' | 'mark_unpaid' | 'leave_past_due'
  /** The status in `customer.subscription.created` when Checkout made the subscription. */
  readonly checkoutSubscriptionCreatedAs: 'active' | 'incomplete'
  /** When a subscription that runs gains or loses the features that its product does. */
  readonly featureChanges: 'at_once' | 'next_period'
  /** How many days ahead `invoice.upcoming` announces a renewal; null, the default: not at all. */
  readonly upcomingDays: number | null
  /** How many days after its due date `invoice.overdue` tells of a sent invoice; null, the default: not at all. */
  readonly overdueDays: number | null
  /** How many days ahead `invoice.will_be_due` tells of a due date; null, the default: not at all. */
  readonly willBeDueDays: number | null
  /** What becomes of the positions of a draft that is deleted. */
  readonly deletedDraftItems: 'delete' | 'release'
  /** Whether a trial starts with an invoice over nothing. */
  readonly trialInvoice: boolean
  /** How long a draft invoice waits before it is finalized, in seconds. */
  readonly draftSeconds: number
  /**
   * How long a draft waits in vain for a 2xx from every endpoint that listens to `invoice.created`, in seconds; its
   * `draftSeconds` begin with the last answer. 0: answers do not matter.
   */
  readonly webhookPatienceSeconds: number
  /** How long after a refund a failing card sends it back, in seconds. */
  readonly refundFailureSeconds: number
  /** How long a bank takes to decide over evidence that decides by itself, in seconds. */
  readonly disputeSeconds: number
  /** Whether the account pays by interchange, on which authorizations can be raised. */
  readonly interchangePlus: boolean
  /** How many simulated days the API shows an event. */
  readonly eventDays: number
  /** How long after it was written an object is found by a search, in simulated seconds. Stripe says: under a minute. */
  readonly searchLagSeconds: number
  /** After how many simulated seconds an idempotency key is forgotten; null, the default: not by time. Stripe may after a day. */
  readonly idempotencySeconds: number | null
  /** Whether too many requests are refused: not at all, the default; as a sandbox does; or beyond these numbers. */
  readonly rateLimit: 'off' | 'sandbox' | RateLimit
  /** The account's terms of service. Without them, as with Stripe, Checkout cannot ask for consent to them. */
  readonly termsOfServiceUrl: string | null
  /** How long each API call takes, in milliseconds. */
  readonly latencyMs: number
}

export const defaultSettings: SimulatorSettings = {
  seed: 1,
  retryDays: [3, 5, 7],
  afterLastRetry: 'cancel',
  checkoutSubscriptionCreatedAs: 'active',
  featureChanges: 'next_period',
  upcomingDays: null,
  overdueDays: null,
  willBeDueDays: null,
  deletedDraftItems: 'delete',
  trialInvoice: true,
  draftSeconds: 3600,
  webhookPatienceSeconds: 72 * 3600,
  refundFailureSeconds: 60,
  disputeSeconds: 60,
  interchangePlus: false,
  eventDays: 30,
  searchLagSeconds: 10,
  idempotencySeconds: null,
  rateLimit: 'off',
  termsOfServiceUrl: null,
  latencyMs: 0,
}
