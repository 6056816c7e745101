import type { Request } from 'express'
import type { Evidence, Identity } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import type { Exposition } from '../ports/metrics.ts'
import type { RequestLimit } from './rate-limit.ts'

type Maybe<Value> = Value | null | undefined | false
type Awaitable<Value> = Value | Promise<Value>

/** What the host decides about requests: all that this room needs to be built. */
export type HttpContext = {
  deps: Deps
  /** Who is signed in, by the host's own session. */
  identify: (req: Request) => Awaitable<Maybe<Identity>>
  /** Whether a caller may name the account that it asks for; without it nobody may. */
  authorizeService: ((req: Request) => Awaitable<boolean>) | null
  evidence: ((req: Request) => Awaitable<Maybe<Evidence>>) | null
  trustedOrigins: readonly string[]
  rateLimit: { windowSeconds: number; limit: number } | false
  /** What a webhook does whose signed bytes a body parser has eaten. */
  bodyConsumed: 'refetch' | 'refuse'
  /** What its routers have seen so far. */
  counts: { bodyConsumed: number }
  exposition: Exposition
}

/** The same, with what one router limits. */
export type RouterContext = HttpContext & {
  paymentLimit: RequestLimit
  refetchLimit: RequestLimit
}
