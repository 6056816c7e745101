import type { Answer } from './answer.ts'
import { send } from './answer.ts'
import { toProblemAnswer } from './error-handler.ts'
import type { Exchange } from './exchange.ts'

/** Runs the work; what it throws becomes a problem. */
export const answerOf = async (exchange: Exchange, work: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await work()
  } catch (error) {
    return toProblemAnswer(exchange, error)
  }
}

/** Answers the request with what the work gives. Never rejects: Express 4 does not catch promises. */
export const respond = async (exchange: Exchange, work: () => Promise<Answer>): Promise<void> =>
  send(exchange, await answerOf(exchange, work))
