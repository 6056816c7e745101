import { noSuch } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { ApplicationFee, FeeRefund } from '../../domain/objects/connect.ts'
import { type FeeRefundInput, refundFee } from '../../flows/connect/fees.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needFee = (call: Call): ApplicationFee =>
  call.world.need('application_fee', idOf(call), { status: 404, param: 'id' })

const refundsOf = (call: Call): FeeRefund[] => {
  const { id } = needFee(call)
  return call.world.store.all('fee_refund').filter((refund) => refund.fee === id)
}

const needRefund = (call: Call): FeeRefund => {
  const id = call.ids[1] ?? ''
  const found = refundsOf(call).find((refund) => refund.id === id)
  if (!found) throw noSuch('fee_refund', id, { status: 404, param: 'id' })
  return found
}

interface FeeList {
  readonly charge?: string
  readonly created?: RangeInput
}

const update = (call: Call, { metadata }: { readonly metadata?: MetadataInput }): FeeRefund => {
  const refund = needRefund(call)
  const changes = { metadata: mergeMetadata(refund.metadata, metadata) }
  return call.world.update(refund, changes, 'application_fee.refund.updated')
}

export const applicationFeeRoutes: Routes = {
  'GET /v1/application_fees/{id}': route([], needFee),
  'GET /v1/application_fees': route<FeeList>([...pageParams, 'charge', 'created'], (call, { charge, created }) =>
    newestFirst(
      call,
      call.world.store
        .all('application_fee')
        .filter((fee) => matches(fee, { charge }) && isWithin(fee.created, created)),
    ),
  ),
  'POST /v1/application_fees/{id}/refunds': route<FeeRefundInput>(['amount', 'metadata'], (call, input) =>
    refundFee(call.world, needFee(call).id, input),
  ),
  'GET /v1/application_fees/{id}/refunds': route(pageParams, (call) => newestFirst(call, refundsOf(call))),
  'GET /v1/application_fees/{fee_id}/refunds/{id}': route([], needRefund),
  'POST /v1/application_fees/{fee_id}/refunds/{id}': route(['metadata'], update),
}
