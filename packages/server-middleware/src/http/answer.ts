import type { BillingErrorCode } from '@paywright/contract'
import type { Exchange } from './exchange.ts'

/** What goes back: a JSON document, the problem of that `code`, or figures for Prometheus. */
export type Answer = {
  status: number
  body: string
  mediaType: 'application/json' | 'application/problem+json' | 'text/plain; version=0.0.4'
  code?: BillingErrorCode
  headers?: Readonly<Record<string, string>>
}

export const jsonAnswer = (value: unknown, status = 200): Answer => ({
  status,
  body: JSON.stringify(value),
  mediaType: 'application/json',
})

export const withHeaders = (answer: Answer, headers: Answer['headers']): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
})

/** Marks an answer as one that was given before. */
export const asReplay = (answer: Answer): Answer => withHeaders(answer, { 'Idempotent-Replayed': 'true' })

/** Writes the answer. Nothing here may be cached: it is one account's. */
export const send = ({ res, requestId }: Exchange, answer: Answer): void => {
  if (res.headersSent) return
  res.statusCode = answer.status
  res.setHeader('Content-Type', `${answer.mediaType}; charset=utf-8`)
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('X-Content-Type-Options', 'nosniff')
  res.setHeader('X-Request-Id', requestId)
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value)
  res.end(answer.body)
}
