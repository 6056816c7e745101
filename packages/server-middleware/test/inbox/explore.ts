import { isDeepStrictEqual } from 'node:util'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import type { End } from './end.ts'
import type { Recording } from './recording.ts'
import { Schedule } from './schedule.ts'

/** A schedule that ended otherwise than everything in its order did. */
export type Deviation = { seed: number; end: End }

export const endInOrder = (recording: Recording): Promise<End> =>
  new Schedule(recording, 0, { mode: 'inline' }).unfoldInOrder()

export type Exploring = { from: number; schedules: number; open?: () => BillingStore }

/** Unfolds one schedule after the other, every second one queued, until one ends otherwise; null when none does. */
export const findDeviation = async (
  recording: Recording,
  { from, schedules, open = memoryStore }: Exploring,
): Promise<Deviation | null> => {
  const expected = await endInOrder(recording)
  for (let seed = from; seed < from + schedules; seed += 1) {
    const mode = seed % 2 === 0 ? 'inline' : 'queued'
    const end = await new Schedule(recording, seed, { mode, store: open() }).unfold()
    if (!isDeepStrictEqual(end, expected)) return { seed, end }
  }
  return null
}
