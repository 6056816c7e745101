import type { Connection } from 'mongoose'
import { type Rows, readRows } from './database.ts'

/** What somebody has heard, and been sent, in one life of a host. */
export type Heard = { told: readonly string[]; sent: readonly string[] }

/** All that somebody could tell afterwards, but for when and how it came about. */
export type End = {
  /** When everything was answered, and no worker had done anything yet. */
  answers: Rows
  rows: Rows
  told: readonly string[]
  sent: readonly string[]
  unsound: readonly unknown[]
  stripe: Readonly<Record<string, number>>
  /** What must not be, wherever somebody died. */
  wrongs: readonly string[]
}

const day = 86_400_000
const late = 600_000

/** Of a lease, of a chance, or of how often something was tried. */
const passing: ReadonlySet<string> = new Set([
  'attempts',
  'fetches',
  'savedFetch',
  'rev',
  'hash',
  'lastHash',
  'salt',
  'noteDigest',
  'recent',
  'archivedSeq',
  'dirtyAt',
  'trimmed',
])

type View = { now: Date; names: readonly string[] }

/** The rows, without what depends on when they were written: `now` and the ten minutes after it are one moment. */
export const lastingRows = async (database: Connection, { now, names }: View): Promise<Rows> => {
  const lasting = (value: unknown): unknown => {
    if (value instanceof Date) return momentOf(value, now)
    if (Array.isArray(value)) return value.map(lasting)
    if (typeof value !== 'object' || value === null) return value
    const fields = Object.entries(value).filter(([name]) => !passing.has(name))
    return Object.fromEntries(fields.map(([name, each]) => [name, lasting(each)]))
  }
  return lasting(await readRows(database, names)) as Rows
}

const momentOf = (date: Date, now: Date): Date | string => {
  const since = date.getTime() - now.getTime()
  return since >= 0 && since % day <= late ? `${Math.floor(since / day)} days after` : date
}

export const distinct = (keys: readonly string[]): readonly string[] => [...new Set(keys)].toSorted()

/** Told, or sent, more than once in one life, in which nothing failed. */
export const repeatedIn = ({ told, sent }: Heard): readonly string[] =>
  [told, sent].flatMap((keys) => keys.filter((key, index) => keys.indexOf(key) !== index))
