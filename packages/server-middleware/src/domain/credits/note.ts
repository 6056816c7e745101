import type { Note } from './operation.ts'

export type Words = { description?: string; metadata?: Readonly<Record<string, string>> }

/** A note that names no money. */
export const toNote = ({ description = '', metadata = {} }: Words): Note => ({
  description,
  metadata,
  amountMinor: null,
  currency: null,
})
