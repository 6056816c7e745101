import type { Line } from './line.ts'

/** How webhooks travel from here on. Each switch replaces the last one, and lets go what `nothing` held back. */
export interface DeliverySwitches {
  /** One after the other, once each, at once: how a simulator starts. */
  inOrder(): Promise<void>
  /** What waits goes out in an order that the seed decides. */
  shuffled(seed?: number): Promise<void>
  /** Every event two times. */
  twice(): Promise<void>
  /** Every event so many milliseconds after it happened. */
  late(ms: number): Promise<void>
  /** Nothing arrives; it waits for the next switch. */
  nothing(): Promise<void>
}

const usual = { paused: false, order: 'inOrder', seed: 1, duplicates: 0, delayMs: 0 }

export const deliverySwitches = (line: Line): DeliverySwitches => {
  const change = async (options: Partial<typeof usual>): Promise<void> => {
    await line.steer('/webhooks', { ...usual, ...options })
  }
  return {
    inOrder: () => change({}),
    shuffled: (seed = 1) => change({ order: 'shuffled', seed }),
    twice: () => change({ duplicates: 1 }),
    late: (ms) => change({ delayMs: ms }),
    nothing: () => change({ paused: true }),
  }
}
