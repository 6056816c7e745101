import { BillingError } from './domain/errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The first of these variables that holds something. Blank is missing. */
export const readOne = (env: Environment, names: readonly string[]): { name: string; value: string } | null => {
  for (const name of names) {
    const value = env[name]?.trim()
    if (value) return { name, value }
  }
  return null
}

export type Needed = { names: readonly string[]; purpose: string; place: string }

/** @throws BillingError `misconfigured` when none of them is set */
export const requireOne = (env: Environment, { names, purpose, place }: Needed): string => {
  const found = readOne(env, names)
  if (found) return found.value
  throw new BillingError('misconfigured', `${names.join(' or ')} is missing: it is ${purpose}. Find it here: ${place}.`)
}

export const readList = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export type WholeNumber = { name: string; purpose: string; least: number }

/** Null when it is not set. @throws BillingError `misconfigured` when it is no whole number of at least `least` */
export const readWhole = (env: Environment, { name, purpose, least }: WholeNumber): number | null => {
  const found = readOne(env, [name])
  if (!found) return null
  const value = /^\d+$/.test(found.value) ? Number(found.value) : Number.NaN
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new BillingError('misconfigured', `${name} (${purpose}) must be a whole number of at least ${least}.`)
}
