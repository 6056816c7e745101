import { createHash } from 'node:crypto'
import { StripeFailure } from '../domain/failure.ts'

export interface StoredAnswer {
  readonly fingerprint: string
  readonly path: string
  readonly status: number
  readonly body: string
  readonly requestId: string
  /** When it was given, in simulated seconds. */
  readonly at: number
}

export interface KeyedRequest {
  readonly key: string
  /** Each account has keys of its own. */
  readonly account: string
  readonly path: string
  readonly body: string
}

export interface IdempotencyKeys {
  /** The answer given before, if there is one; a refusal when the key is misused. */
  replay(request: KeyedRequest): StoredAnswer | undefined
  begin(request: KeyedRequest): void
  /** Keeps the answer, or forgets the key when execution never began. */
  end(request: KeyedRequest, answer: Omit<StoredAnswer, 'at' | 'fingerprint' | 'path'> | undefined): void
  entries(): readonly (readonly [string, StoredAnswer])[]
  restore(entries: readonly (readonly [string, StoredAnswer])[]): void
}

const placeOf = ({ account, key }: KeyedRequest): string => `${account} ${key}`

const fingerprintOf = (body: string): string => createHash('sha256').update(body).digest('hex')

const misuse = (message: string): StripeFailure => new StripeFailure(400, { type: 'idempotency_error', message })

const inUse = (key: string): StripeFailure =>
  new StripeFailure(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  })

const refuseMisuse = (request: KeyedRequest, stored: StoredAnswer): void => {
  if (stored.path !== request.path) {
    throw misuse(
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${request.path}' vs '${stored.path}'). Try using a key other than '${request.key}' if you meant to execute a different request.`,
    )
  }
  if (stored.fingerprint !== fingerprintOf(request.body)) {
    throw misuse(
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.key}' if you meant to execute a different request.`,
    )
  }
}

export interface KeyMemory {
  /** How many answers it remembers: the latest. */
  readonly retain: number
  /** How long it remembers each, in simulated seconds; null: as long as there is room. */
  readonly seconds: number | null
  readonly now: () => number
}

export const createIdempotencyKeys = ({ retain, seconds, now }: KeyMemory): IdempotencyKeys => {
  const answers = new Map<string, StoredAnswer>()
  const running = new Set<string>()
  const isOver = ({ at }: StoredAnswer): boolean => seconds !== null && at <= now() - seconds
  return {
    replay: (request) => {
      if (request.key.length > 255) throw misuse('Idempotency keys can be at most 255 characters long.')
      if (running.has(placeOf(request))) throw inUse(request.key)
      const stored = answers.get(placeOf(request))
      if (!stored || isOver(stored)) return undefined
      refuseMisuse(request, stored)
      return stored
    },
    begin: (request) => {
      running.add(placeOf(request))
    },
    end: (request, answer) => {
      const { path, body } = request
      const place = placeOf(request)
      running.delete(place)
      if (!answer) return
      answers.delete(place)
      answers.set(place, { ...answer, at: now(), path, fingerprint: fingerprintOf(body) })
      const [oldest] = answers.keys()
      if (answers.size > retain && oldest !== undefined) answers.delete(oldest)
    },
    entries: () => [...answers],
    restore: (entries) => {
      answers.clear()
      for (const [key, answer] of entries) answers.set(key, answer)
    },
  }
}
