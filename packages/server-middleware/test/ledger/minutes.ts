const start = Date.UTC(2026, 0, 1)
const minute = 60_000

export const forever = 1e6

export const dateOf = (minutes: number): Date => new Date(start + minutes * minute)

export const dateOrNever = (minutes: number): Date | null => (minutes === forever ? null : dateOf(minutes))

export const minutesOf = (date: Date): number => (date.getTime() - start) / minute

export const minutesOrForever = (date: Date | null): number => (date === null ? forever : minutesOf(date))
