import type { Delivery } from './delivery.ts'
import type { Mailbag } from './mailbag.ts'

export interface RoundsParts {
  readonly mailbag: Mailbag
  readonly attempt: (delivery: Delivery) => Promise<void>
  readonly paused: boolean
}

/** When deliveries are attempted: as soon as one is ready, one after the other, unless they are held back. */
export interface Rounds {
  wake(): void
  pause(): void
  resume(): void
  isPaused(): boolean
  settled(): Promise<void>
  /** Resolves when this holds; at once, when deliveries are held back. It is looked at after each attempt. */
  until(condition: () => boolean): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly condition: () => boolean
  readonly resolve: () => void
}

export const createRounds = ({ mailbag, attempt, paused: startPaused }: RoundsParts): Rounds => {
  const waiting = new Set<Waiting>()
  let paused = startPaused
  let closed = false
  let working: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const isIdle = (): boolean => working === undefined && (closed || paused || mailbag.pending().length === 0)
  const release = (): void => {
    for (const each of waiting) {
      if (!each.condition()) continue
      waiting.delete(each)
      each.resolve()
    }
  }
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      waiting.add({ condition, resolve })
      release()
    })
  const work = async (): Promise<void> => {
    for (let next = mailbag.pick(); next && !paused && !closed; next = mailbag.pick()) {
      await attempt(next)
      release()
    }
  }
  const start = (): void => {
    working = work().finally(() => {
      working = undefined
      wake()
    })
  }
  const wake = (): void => {
    clearTimeout(timer)
    release()
    const soonest = mailbag.readyAt()
    if (closed || paused || working || soonest === Infinity) return
    timer = setTimeout(start, Math.max(0, soonest - Date.now()))
  }
  return {
    wake,
    pause: () => {
      paused = true
      release()
    },
    resume: () => {
      paused = false
      wake()
    },
    isPaused: () => paused,
    settled: () => until(isIdle),
    until: (condition) => until(() => closed || paused || condition()),
    close: async () => {
      closed = true
      clearTimeout(timer)
      await working
      release()
    },
  }
}
