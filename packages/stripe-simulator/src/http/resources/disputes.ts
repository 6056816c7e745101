import type { Dispute } from '../../domain/objects/dispute.ts'
import { answerDispute, closeDispute, type EvidenceInput } from '../../flows/disputes.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface DisputeList {
  readonly charge?: string
  readonly created?: RangeInput
  readonly payment_intent?: string
}

const needDispute = (call: Call): Dispute => call.world.need('dispute', idOf(call), { status: 404, param: 'dispute' })

export const disputeRoutes: Routes = {
  'GET /v1/disputes/{id}': route([], needDispute),
  'POST /v1/disputes/{id}': route<EvidenceInput>(
    ['evidence', 'intended_submission_method', 'metadata', 'submit'],
    (call, input) => answerDispute(call.world, needDispute(call), input),
  ),
  'POST /v1/disputes/{id}/close': route([], (call) => closeDispute(call.world, needDispute(call))),
  'GET /v1/disputes': route<DisputeList>(
    [...pageParams, 'charge', 'created', 'payment_intent'],
    (call, { charge, created, payment_intent }) =>
      newestFirst(
        call,
        call.world.store
          .all('dispute')
          .filter((each) => matches(each, { charge, payment_intent }) && isWithin(each.created, created)),
      ),
  ),
}
