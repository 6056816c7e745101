/** Simulated time, in unix seconds: it runs like the real one and can be pushed ahead. */
export interface Clock {
  now(): number
  /** The account's own time, whatever moment something is done at. */
  own(): number
  /** Moves to a moment in the future. */
  moveTo(seconds: number): void
  /** Does something at another moment: what belongs to a test clock lives by that clock's time. */
  at<T>(seconds: number, work: () => T): T
  offset(): number
  restore(offset: number): void
}

export const createClock = (realNow: () => Date): Clock => {
  let offset = 0
  let frozen: number | undefined
  const real = (): number => Math.floor(realNow().getTime() / 1000)
  return {
    now: () => frozen ?? real() + offset,
    own: () => real() + offset,
    at: (seconds, work) => {
      const outer = frozen
      frozen = seconds
      try {
        return work()
      } finally {
        frozen = outer
      }
    },
    moveTo: (seconds) => {
      offset = Math.max(offset, seconds - real())
    },
    offset: () => offset,
    restore: (value) => {
      offset = value
    },
  }
}

export interface Advance {
  readonly seconds?: number
  readonly minutes?: number
  readonly hours?: number
  readonly days?: number
  readonly months?: number
  /** An absolute moment instead: unix seconds. */
  readonly to?: number
}

const inSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const

/** The moment that an advance leads to; months keep the day where the month has it. */
export const advancedTime = (now: number, advance: Advance): number => {
  if (advance.to !== undefined) return advance.to
  const units = Object.entries(inSeconds) as [keyof typeof inSeconds, number][]
  const start = addMonths(now, advance.months ?? 0)
  return units.reduce((time, [unit, length]) => time + (advance[unit] ?? 0) * length, start)
}

const addMonths = (seconds: number, months: number): number => {
  const date = new Date(seconds * 1000)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return Math.floor(date.getTime() / 1000)
}
