/** @typedef {{ perSecond: number, p50: number, p99: number }} Figures */

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0

/** @param {number[]} values */
export const median = (values) =>
  share(
    values.toSorted((a, b) => a - b),
    0.5,
  )

/**
 * Keeps so many calls on their way for so long. Milliseconds.
 * @param {{ calls: number, forMs: number }} load
 * @param {(nth: number) => Promise<unknown>} call
 * @returns {Promise<Figures>}
 */
export const inFlight = async ({ calls, forMs }, call) => {
  const times = []
  const startedAt = performance.now()
  let nth = 0
  const keepCalling = async () => {
    while (performance.now() - startedAt < forMs) {
      const before = performance.now()
      await call(nth++)
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: calls }, keepCalling))
  const perSecond = times.length / ((performance.now() - startedAt) / 1000)
  times.sort((a, b) => a - b)
  return { perSecond, p50: share(times, 0.5), p99: share(times, 0.99) }
}

/** The medians of several runs. @param {Figures[]} runs */
export const mediansOf = (runs) => ({
  perSecond: median(runs.map(({ perSecond }) => perSecond)),
  p50: median(runs.map(({ p50 }) => p50)),
  p99: median(runs.map(({ p99 }) => p99)),
})
