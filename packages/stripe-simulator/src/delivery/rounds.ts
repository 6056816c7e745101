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
  close(): Promise<void>
}

export const createRounds = ({ mailbag, attempt, paused: startPaused }: RoundsParts): Rounds => {
  const waiting: (() => void)[] = []
  let paused = startPaused
  let closed = false
  let working: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const isIdle = (): boolean => working === undefined && (closed || paused || mailbag.pending().length === 0)
  const release = (): void => {
    if (isIdle()) for (const resolve of waiting.splice(0)) resolve()
  }
  const work = async (): Promise<void> => {
    for (let next = mailbag.pick(); next && !paused && !closed; next = mailbag.pick()) await attempt(next)
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
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        release()
      }),
    close: async () => {
      closed = true
      clearTimeout(timer)
      await working
      release()
    },
  }
}
