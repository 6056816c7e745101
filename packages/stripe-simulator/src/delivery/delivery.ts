export interface Attempt {
  /** Real time, in milliseconds. */
  readonly at: number
  /** The HTTP status; 0 when nobody answered. */
  readonly status: number
  readonly ms: number
}

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly id: string
  readonly eventId: string
  readonly endpointId: string
  readonly type: string
  readonly url: string
  readonly attempts: readonly Attempt[]
  readonly state: 'pending' | 'delivered' | 'failed'
  /** Real time, in milliseconds. */
  readonly nextAttemptAt: number
}

/** How events travel. Stripe promises neither order nor uniqueness; these are the ways to feel that. */
export interface DeliveryOptions {
  /** `inOrder` (the default), or shuffled: what is waiting goes out in an order that the seed decides. */
  readonly order?: 'inOrder' | 'shuffled'
  readonly seed?: number
  /** How many times more each event is delivered. */
  readonly duplicates?: number
  /** How long an event waits before its first attempt. */
  readonly delayMs?: number
  /** Start with deliveries held back. */
  readonly off?: boolean
  /** After a failed attempt: how long to wait for the next, by number of attempts; the last one repeats. */
  readonly retryDelaysMs?: readonly number[]
  readonly maxAttempts?: number
}

export const defaultDelivery: Required<DeliveryOptions> = {
  order: 'inOrder',
  seed: 1,
  duplicates: 0,
  delayMs: 0,
  off: false,
  retryDelaysMs: [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000],
  maxAttempts: 30,
}

export const succeeded = (attempt: Attempt): boolean => attempt.status >= 200 && attempt.status < 300

/** The delivery after an attempt: done, given up, or to be tried again. */
export const afterAttempt = (
  delivery: Delivery,
  attempt: Attempt,
  options: Pick<Required<DeliveryOptions>, 'retryDelaysMs' | 'maxAttempts'>,
): Delivery => {
  const attempts = [...delivery.attempts, attempt]
  if (succeeded(attempt)) return { ...delivery, attempts, state: 'delivered' }
  if (attempts.length >= options.maxAttempts) return { ...delivery, attempts, state: 'failed' }
  const delay = options.retryDelaysMs[attempts.length - 1] ?? options.retryDelaysMs.at(-1) ?? 60_000
  return { ...delivery, attempts, nextAttemptAt: attempt.at + delay }
}
