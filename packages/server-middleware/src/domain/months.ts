/** The same day and time some months on, or back; in a month that is too short, its last day. In UTC, as providers count. */
export const monthsAfter = (date: Date, months: number): Date => {
  const moved = new Date(date)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay))
  return moved
}

export type Period = { startsAt: Date; endsAt: Date }

/** A period in calendar months, counted from its start; the last one ends when it does. */
export const monthsOf = ({ startsAt, endsAt }: Period, count: number): readonly Period[] =>
  Array.from({ length: count }, (_, n) => ({
    startsAt: monthsAfter(startsAt, n),
    endsAt: n + 1 === count ? endsAt : monthsAfter(startsAt, n + 1),
  }))
