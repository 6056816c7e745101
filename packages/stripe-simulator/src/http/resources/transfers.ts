import { noSuch } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Transfer, TransferReversal } from '../../domain/objects/connect.ts'
import { type ReversalInput, reverseTransfer } from '../../flows/connect/reversals.ts'
import { createTransfer, type TransferInput } from '../../flows/connect/send.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needTransfer = (call: Call): Transfer =>
  call.world.need('transfer', idOf(call), { status: 404, param: 'transfer' })

const reversalsOf = (call: Call): TransferReversal[] => {
  const { id } = needTransfer(call)
  return call.world.store.all('transfer_reversal').filter((reversal) => reversal.transfer === id)
}

const needReversal = (call: Call): TransferReversal => {
  const id = call.ids[1] ?? ''
  const found = reversalsOf(call).find((reversal) => reversal.id === id)
  if (!found) throw noSuch('transfer_reversal', id, { status: 404, param: 'id' })
  return found
}

interface TransferList {
  readonly created?: RangeInput
  readonly destination?: string
  readonly transfer_group?: string
}

interface Described {
  readonly description?: string
  readonly metadata?: MetadataInput
}

const update = (call: Call, input: Described): Transfer => {
  const transfer = needTransfer(call)
  const changes = {
    description: input.description ?? transfer.description,
    metadata: mergeMetadata(transfer.metadata, input.metadata),
  }
  return call.world.update(transfer, changes, 'transfer.updated')
}

export const transferRoutes: Routes = {
  'POST /v1/transfers': route<TransferInput>(
    ['amount', 'currency', 'description', 'destination', 'metadata', 'source_transaction', 'transfer_group'],
    ({ world }, input) => createTransfer(world, input),
  ),
  'GET /v1/transfers/{id}': route([], needTransfer),
  'POST /v1/transfers/{id}': route<Described>(['description', 'metadata'], update),
  'GET /v1/transfers': route<TransferList>(
    [...pageParams, 'created', 'destination', 'transfer_group'],
    (call, { created, destination, transfer_group }) =>
      newestFirst(
        call,
        call.world.store
          .all('transfer')
          .filter((transfer) => matches(transfer, { destination, transfer_group }))
          .filter((transfer) => isWithin(transfer.created, created)),
      ),
  ),
  'POST /v1/transfers/{id}/reversals': route<ReversalInput>(
    ['amount', 'metadata', 'refund_application_fee'],
    (call, input) => reverseTransfer(call.world, needTransfer(call), input),
  ),
  'GET /v1/transfers/{id}/reversals': route(pageParams, (call) => newestFirst(call, reversalsOf(call))),
  'GET /v1/transfers/{transfer_id}/reversals/{id}': route([], needReversal),
  'POST /v1/transfers/{transfer_id}/reversals/{id}': route<Described>(['metadata'], (call, { metadata }) => {
    const reversal = needReversal(call)
    return call.world.update(reversal, { metadata: mergeMetadata(reversal.metadata, metadata) })
  }),
}
