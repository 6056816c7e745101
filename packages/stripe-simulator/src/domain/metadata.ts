import { invalidRequest } from './failure.ts'
import type { Metadata } from './objects/base.ts'

export type MetadataInput = Readonly<Record<string, string>> | '' | undefined

const most = 50

const refuse = (message: string, param: string): never => {
  throw invalidRequest(message, { param, code: 'parameter_invalid_string_long' })
}

const checkEntry = ([key, value]: readonly [string, unknown], path: string): void => {
  const param = `${path}[${key}]`
  if (/[[\]]/.test(key)) throw invalidRequest('Metadata keys cannot contain square brackets.', { param })
  if (key.length > 40) refuse('Metadata keys must be 40 characters or less.', param)
  if (String(value).length > 500) refuse('Metadata values can have up to 500 characters.', param)
}

const checkCount = (count: number, param: string): void => {
  if (count > most) throw invalidRequest(`You can have up to ${most} metadata keys.`, { param })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object'

const checkWhole = (metadata: Readonly<Record<string, unknown>>, path: string): void => {
  for (const entry of Object.entries(metadata)) checkEntry(entry, path)
  checkCount(Object.values(metadata).filter((value) => value !== '').length, path)
}

/** Checks all metadata of a request, however deep: keys, lengths and numbers. */
export const checkMetadata = (input: object, path = ''): void => {
  for (const [name, value] of Object.entries(input)) {
    if (!isObject(value)) continue
    const here = path === '' ? name : `${path}[${name}]`
    if (name === 'metadata') checkWhole(value, here)
    else checkMetadata(value, here)
  }
}

/** Stripe's rules: keys merge, an empty value removes its key, an empty whole clears all. */
export const mergeMetadata = (old: Metadata, input: MetadataInput): Metadata => {
  if (input === undefined) return old
  if (input === '') return {}
  for (const entry of Object.entries(input)) checkEntry(entry, 'metadata')
  const merged = Object.fromEntries(Object.entries({ ...old, ...input }).filter(([, value]) => value !== ''))
  checkCount(Object.keys(merged).length, 'metadata')
  return merged
}
