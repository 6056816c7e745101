import { invalidRequest } from './failure.ts'
import type { Metadata } from './objects/base.ts'

export type MetadataInput = Readonly<Record<string, string>> | '' | undefined

const refuse = (message: string, key: string): never => {
  throw invalidRequest(message, { param: `metadata[${key}]`, code: 'parameter_invalid_string_long' })
}

const checkEntry = ([key, value]: readonly [string, string]): void => {
  if (/[[\]]/.test(key)) refuse('Metadata keys cannot contain square brackets.', key)
  if (key.length > 40) refuse('Metadata keys must be 40 characters or less.', key)
  if (value.length > 500) refuse('Metadata values can have up to 500 characters.', key)
}

/** Stripe's rules: keys merge, an empty value removes its key, an empty whole clears all. */
export const mergeMetadata = (old: Metadata, input: MetadataInput): Metadata => {
  if (input === undefined) return old
  if (input === '') return {}
  Object.entries(input).forEach(checkEntry)
  const merged = Object.fromEntries(Object.entries({ ...old, ...input }).filter(([, value]) => value !== ''))
  if (Object.keys(merged).length > 50) {
    throw invalidRequest('You can have up to 50 metadata keys.', { param: 'metadata' })
  }
  return merged
}
