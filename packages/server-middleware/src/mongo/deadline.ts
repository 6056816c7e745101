import { DeadlineError } from './errors.ts'

/** The driver's own patience is 30 to 67 seconds, which is no time for a request to wait. */
const deadlineMilliseconds = 5_000

/** Gives up waiting for `work`, which goes on unseen. */
export const withDeadline = async <T>(work: () => Promise<T>, milliseconds = deadlineMilliseconds): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new DeadlineError(`No answer from the database within ${milliseconds} ms.`))
    timer = setTimeout(giveUp, milliseconds)
  })
  try {
    return await Promise.race([work(), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
