import { isPassing } from './billing-client-error.ts'

type PollInput<Answer> = {
  /** Counted from 1. */
  ask: (asked: number) => Promise<Answer>
  isDone: (answer: Answer, asked: number) => boolean
  onSlow: () => void
  signal: AbortSignal
}

const firstDelayMs = 400
const longestDelayMs = 15_000
const slowAfter = 6

/** Asks at once, then ever more seldom, until the answer is final. A broken line is waited out. */
export const pollUntil = async <Answer>(input: PollInput<Answer>): Promise<Answer> => {
  for (let asked = 1; ; asked++) {
    const answer = await input.ask(asked).catch(waitOut)
    if (answer !== undefined && input.isDone(answer, asked)) return answer
    if (asked === slowAfter) input.onSlow()
    await pause(pollDelayMs(asked), input.signal)
  }
}

/** How long to wait after `asked` answers that settled nothing. */
export const pollDelayMs = (asked: number): number => Math.min(firstDelayMs * 2 ** (asked - 1), longestDelayMs)

const waitOut = (error: unknown): undefined => {
  if (!isPassing(error)) throw error
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
