import { type RateLimit, rateLimitOf, type SimulatorSettings } from '../settings.ts'

/** What Stripe says of the limit that a request met. */
export type LimitReason = 'endpoint-rate' | 'global-rate'

export interface Limited {
  /** The operation: each has a limit of its own. */
  readonly key: string
  /** Searches share one limit. */
  readonly search: boolean
}

export interface RateLimiter {
  /** Counts a request; the reason why it is one too many, if it is. */
  admit(request: Limited): LimitReason | undefined
}

const windowMs = 1000

const isFull = (times: readonly number[], most: number): boolean => times.length >= most

/** Real time, not simulated: it is about how fast a program asks. */
export const createRateLimiter = (settings: SimulatorSettings, now: () => number = Date.now): RateLimiter => {
  const admitted = new Map<string, number[]>()
  const recent = (key: string): number[] => {
    const times = (admitted.get(key) ?? []).filter((time) => time > now() - windowMs)
    admitted.set(key, times)
    return times
  }
  const decide = (limit: RateLimit, { key, search }: Limited): LimitReason | undefined => {
    const whole = recent('')
    const own = recent(search ? 'search' : key)
    if (isFull(whole, limit.perSecond)) return 'global-rate'
    if (isFull(own, search ? limit.searchesPerSecond : limit.perEndpointPerSecond)) return 'endpoint-rate'
    whole.push(now())
    own.push(now())
    return undefined
  }
  return {
    admit: (request) => {
      const limit = rateLimitOf(settings)
      return limit && decide(limit, request)
    },
  }
}
