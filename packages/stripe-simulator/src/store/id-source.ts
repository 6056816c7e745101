import { createHash } from 'node:crypto'
import { idPrefixes } from '../domain/ids.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const letters = (text: string, length: number): string => {
  const digest = createHash('sha512').update(text).digest()
  return [...digest.subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join('')
}

export interface IdSource {
  /** The next id for an object of this name. */
  next(name: string): string
  /** The next secret of this kind, as long as Stripe's. */
  secret(kind: string): string
  counters(): Readonly<Record<string, number>>
  restore(counters: Readonly<Record<string, number>>): void
}

/** Ids depend on the seed and on how many of their kind came before: the same story has the same ids. */
export const createIdSource = (seed: number): IdSource => {
  const counts = new Map<string, number>()
  const count = (kind: string): number => {
    const next = (counts.get(kind) ?? 0) + 1
    counts.set(kind, next)
    return next
  }
  const secret = (kind: string): string => letters(`${seed}:${kind}:${count(kind)}`, 24)
  return {
    secret,
    next: (name) => {
      const prefix = idPrefixes[name] ?? name
      return prefix === '' ? secret(name).slice(0, 8) : `${prefix}_${secret(name)}`
    },
    counters: () => Object.fromEntries(counts),
    restore: (counters) => {
      counts.clear()
      for (const [kind, value] of Object.entries(counters)) counts.set(kind, value)
    },
  }
}

/** Text that only the seed decides, such as the keys of the account. */
export const seededText = (seed: number, name: string, length = 24): string => letters(`${seed}:fixed:${name}`, length)
