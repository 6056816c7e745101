import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Refund } from '../../domain/objects/payment.ts'
import { createRefund, type RefundInput } from '../../flows/refunds.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface RefundList {
  readonly charge?: string
  readonly created?: RangeInput
  readonly payment_intent?: string
}

const needRefund = (call: Call): Refund => call.world.need('refund', idOf(call), { status: 404, param: 'refund' })

/** Only refunds that wait for their customer can be canceled; a card's never does. */
const refuseCancel = ({ status }: Refund): never => {
  throw invalidRequest(
    `You can only cancel a refund with a status of requires_action. This one has a status of ${status}.`,
  )
}

export const refundRoutes: Routes = {
  'POST /v1/refunds': route<RefundInput>(
    [
      'amount',
      'charge',
      'currency',
      'customer',
      'instructions_email',
      'metadata',
      'origin',
      'payment_intent',
      'reason',
      'refund_application_fee',
      'reverse_transfer',
    ],
    ({ world }, input) => createRefund(world, input),
  ),
  'GET /v1/refunds/{id}': route([], needRefund),
  'POST /v1/refunds/{id}/cancel': route([], (call) => refuseCancel(needRefund(call))),
  'POST /v1/refunds/{id}': route<{ metadata?: MetadataInput }>(['metadata'], (call, { metadata }) => {
    const refund = needRefund(call)
    return call.world.update(refund, { metadata: mergeMetadata(refund.metadata, metadata) }, 'refund.updated')
  }),
  'GET /v1/refunds': route<RefundList>(
    [...pageParams, 'charge', 'created', 'payment_intent'],
    (call, { charge, created, payment_intent }) =>
      newestFirst(
        call,
        call.world.store
          .all('refund')
          .filter((refund) => matches(refund, { charge, payment_intent }) && isWithin(refund.created, created)),
      ),
  ),
}
