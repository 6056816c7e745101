import { createHash } from 'node:crypto'
import type { Request } from 'express'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import type { RequestKey } from '../ports/requests.ts'
import { type Answer, asReplay } from './answer.ts'
import { invalidRequest } from './validate.ts'

const format = /^[\x20-\x7e]{1,255}$/
const leaseSeconds = 60

/** The request's Idempotency-Key, null without one. */
export const readKey = (req: Request): string | null => {
  const key = req.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key === 'string' && format.test(key)) return key
  throw invalidRequest([{ path: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' }])
}

export type KeyedRequest = { key: string; route: string; accountId: string; content: unknown }

/**
 * Gives the first answer to a key again, or does the work and keeps its answer. What may turn out otherwise next time
 * (our failures, limits) is not kept.
 *
 * @throws BillingError `idempotency_conflict`, `request_in_progress`
 */
export const answerOnce = async (deps: Deps, request: KeyedRequest, work: () => Promise<Answer>): Promise<Answer> => {
  const { requests } = deps.store
  const id: RequestKey = { scope: digest([request.route, request.accountId]), key: request.key }
  const now = deps.clock.now()
  const until = new Date(now.getTime() + leaseSeconds * 1000)
  const claim = await requests.claim({ ...id, fingerprint: digest(request.content), now, until })
  if (claim.outcome === 'answered') return asReplay(fromStored(claim.answer))
  if (claim.outcome !== 'new') throw refusals[claim.outcome]()
  const answer = await work()
  if (isKept(answer)) await requests.answer(id, { status: answer.status, body: answer.body })
  else await requests.release(id)
  return answer
}

const refusals = {
  conflict: () =>
    new BillingError(
      'idempotency_conflict',
      'This Idempotency-Key was used before, with another content. Use a new key for a new request.',
    ),
  in_progress: () =>
    new BillingError('request_in_progress', 'The first request with this Idempotency-Key is still running. Ask again.'),
}

const isKept = ({ status, code }: Answer): boolean => status < 500 && status !== 429 && code !== 'request_in_progress'

const fromStored = ({ status, body }: { status: number; body: string }): Answer => ({
  status,
  body,
  mediaType: status < 400 ? 'application/json' : 'application/problem+json',
})

/** The same for the same content, in whatever order its fields were sent. */
export const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64url')

/** JSON that doesn't depend on the order in which fields were sent. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_name, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).toSorted(byName)) : each,
  )

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)
