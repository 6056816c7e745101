import { isProblem } from '@paywright/contract'
import { expect } from 'vitest'
import type { Call, Host, Reply } from './host.ts'

/** The fields that a refusal names. */
export const fieldsOf = ({ body }: Reply): string[] =>
  (body.details as { fields: { path: string }[] } | undefined)?.fields.map(({ path }) => path) ?? []

/** Says that the reply is a whole problem document of that code. */
export const expectProblem = (reply: Reply, status: number, code: string): void => {
  expect(reply.body).toMatchObject({ status, code })
  expect(reply.status).toBe(status)
  expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(isProblem(reply.body)).toBe(true)
  expect(reply.body.requestId).toBe(reply.headers.get('x-request-id'))
  expect(reply.body.type).toBe(`urn:paywright:problem:${code}`)
}

/** Calls, and says that nothing was written. */
export const refuses = async (host: Host, what: string, call: Call): Promise<Reply> => {
  const before = host.writes.length
  const reply = await host.call(what, call)
  expect(host.writes.slice(before), `${what} ${call.body ?? JSON.stringify(call.json)}`).toEqual([])
  return reply
}
