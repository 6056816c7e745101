/** So often an event is tried before somebody has to look at it. */
const mostAttempts = 15

const second = 1_000
const firstPause = 10 * second
const longestPause = 6 * 3_600 * second

/**
 * When to try again what has failed so often, a day in all; null when it has been tried often enough.
 * `chance`, from 0 to 1, spreads those that failed together.
 */
export const retryAt = (attempts: number, now: Date, chance: number): Date | null => {
  if (attempts >= mostAttempts) return null
  const pause = Math.min(longestPause, firstPause * 2 ** (attempts - 1))
  return new Date(now.getTime() + Math.round(pause * (0.5 + chance / 2)))
}
