import type { Clock } from './ports/clock.ts'

/** The machine's own time. Its timers keep no process alive. */
export const systemClock = (): Clock => ({
  now: () => new Date(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
})
