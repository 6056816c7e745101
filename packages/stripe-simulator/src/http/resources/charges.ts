import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Charge } from '../../domain/objects/payment.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface ChargeUpdate {
  readonly description?: string
  readonly metadata?: MetadataInput
  readonly receipt_email?: string
  readonly transfer_group?: string
}

interface ChargeList {
  readonly created?: RangeInput
  readonly customer?: string
  readonly payment_intent?: string
  readonly transfer_group?: string
}

interface TransactionList {
  readonly created?: RangeInput
  readonly currency?: string
  readonly source?: string
  readonly type?: string
}

const needCharge = (call: Call): Charge => call.world.need('charge', idOf(call), { status: 404, param: 'charge' })

/** A charge joins a group once. */
const refuseGrouped = ({ transfer_group: group }: Charge, { transfer_group: asked }: ChargeUpdate): void => {
  if (asked === undefined || group === null || group === asked) return
  throw invalidRequest(`This charge already belongs to the transfer group ${group}, which cannot be changed.`, {
    param: 'transfer_group',
  })
}

export const chargeRoutes: Routes = {
  'GET /v1/charges/{id}': route([], needCharge),
  'POST /v1/charges/{id}': route<ChargeUpdate>(
    ['description', 'metadata', 'receipt_email', 'transfer_group'],
    (call, input) => {
      const charge = needCharge(call)
      refuseGrouped(charge, input)
      const changes = {
        description: input.description ?? charge.description,
        metadata: mergeMetadata(charge.metadata, input.metadata),
        receipt_email: input.receipt_email ?? charge.receipt_email,
        transfer_group: input.transfer_group ?? charge.transfer_group,
      }
      return call.world.update(charge, changes, 'charge.updated')
    },
  ),
  'GET /v1/charges': route<ChargeList>(
    [...pageParams, 'created', 'customer', 'payment_intent', 'transfer_group'],
    (call, { created, customer, payment_intent, transfer_group }) =>
      newestFirst(
        call,
        call.world.store
          .all('charge')
          .filter(
            (charge) =>
              matches(charge, { customer, payment_intent, transfer_group }) && isWithin(charge.created, created),
          ),
      ),
  ),
  'GET /v1/balance_transactions/{id}': route([], (call) =>
    call.world.need('balance_transaction', idOf(call), { status: 404, param: 'id' }),
  ),
  'GET /v1/balance_transactions': route<TransactionList>(
    [...pageParams, 'created', 'currency', 'source', 'type'],
    (call, { created, currency, source, type }) =>
      newestFirst(
        call,
        call.world.store
          .all('balance_transaction')
          .filter((each) => matches(each, { currency, source, type }) && isWithin(each.created, created)),
      ),
  ),
}
