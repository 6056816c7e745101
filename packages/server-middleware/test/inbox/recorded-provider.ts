import { BillingError } from '../../src/domain/errors.ts'
import type { PaymentProvider } from '../../src/ports/provider.ts'
import { tinyProvider } from '../tiny-provider.ts'
import { allQuestions, type Question, type Recording } from './recording.ts'

/** Answers as the provider did at that moment of the recording. A webhook's body is the id of its event. */
export const recordedProvider = ({ moments, readFact }: Recording, position: () => number): PaymentProvider => {
  const events = new Map(moments.flatMap((moment) => moment.events.map((event) => [event.id, event])))
  const find = (id: string) => events.get(id) ?? null
  const answer = (question: Question) => async (id: string) =>
    structuredClone(moments[position()]?.truth.get(`${question} ${id}`) ?? null)
  return {
    ...tinyProvider(),
    ...Object.fromEntries(allQuestions.map((question) => [question, answer(question)])),
    readFact,
    findEvent: async (id) => find(id),
    verifyWebhook: async ({ payload }) => {
      const event = find(new TextDecoder().decode(payload))
      if (event) return event
      throw new BillingError('webhook_signature_invalid', 'Nobody has sent this.')
    },
  }
}
