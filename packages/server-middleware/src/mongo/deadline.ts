import { DeadlineError } from './errors.ts'

/** The driver's own patience is 30 to 67 seconds, which is no time for a request to wait. */
const deadlineMilliseconds = 5_000

/** Takes back what a lost call has done after all. */
export type Undo = () => Promise<unknown>

/**
 * Gives up waiting for `work`, which goes on unseen. When it is lost, `undo` runs as soon as the work has come to its end,
 * whichever that was: a server that did it may not have been heard. It is tried once, and nobody hears of its failure.
 */
export const withDeadline = async <T>(
  work: () => Promise<T>,
  { milliseconds = deadlineMilliseconds, undo }: { milliseconds?: number; undo?: Undo | undefined } = {},
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new DeadlineError(`No answer from the database within ${milliseconds} ms.`))
    timer = setTimeout(giveUp, milliseconds)
  })
  const working = work()
  try {
    return await Promise.race([working, tooLate])
  } catch (error) {
    if (undo) working.then(undo, undo).catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}
