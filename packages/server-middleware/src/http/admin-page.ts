import { z } from 'zod'
import { readQuery } from './read-query.ts'
import { check, invalidRequest } from './validate.ts'

/** Where a list goes on: at what comes after the one that has this id, and this time. */
export type Position = { at: Date; id: string }

const cursor = z.string().transform((text, { addIssue }) => {
  const position = toPosition(text)
  if (position) return position
  addIssue('is not one that was given with a list')
  return z.NEVER
})

/**
 * What part of a list an operator asks for.
 *
 * @throws BillingError `invalid_request`
 */
export const readPage = <State extends string>(states: readonly State[], url: string) => {
  const query = z.strictObject({
    state: z.enum(states).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: cursor.optional(),
  })
  const { fields, value } = check(query, readQuery(url))
  if (fields.length > 0) throw invalidRequest(fields)
  const { state, limit, cursor: before = null } = value as z.output<typeof query>
  return { state, limit, before }
}

export const toCursor = ({ at, id }: Position): string =>
  Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url')

const written = z.tuple([z.int(), z.string()])

const toPosition = (text: string): Position | null => {
  try {
    const [milliseconds, id] = written.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { at: new Date(milliseconds), id }
  } catch {
    return null
  }
}
