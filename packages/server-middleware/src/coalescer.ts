import type { Coalesce } from './ports/coalesce.ts'

type Lane = { running: Promise<unknown>; waiting: Promise<unknown> | null }

/** Of one process: others have lanes of their own. */
export const createCoalescer = (): Coalesce => {
  const lanes = new Map<string, Lane>()

  const run = <Answer>(key: string, work: () => Promise<Answer>): Promise<Answer> => {
    const running = (async () => work())()
    const lane: Lane = { running, waiting: null }
    lanes.set(key, lane)
    const leave = (): void => {
      if (lane.waiting === null) lanes.delete(key)
    }
    running.then(leave, leave)
    return running
  }

  return <Answer>(key: string, work: () => Promise<Answer>): Promise<Answer> => {
    const lane = lanes.get(key)
    if (!lane) return run(key, work)
    const next = (): Promise<Answer> => run(key, work)
    lane.waiting ??= lane.running.then(next, next)
    return lane.waiting as Promise<Answer>
  }
}
