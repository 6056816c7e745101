import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Charge } from '../../domain/objects/payment.ts'
import { type ShippingInput, shipmentTo } from '../../domain/shipping.ts'
import { type ChargeInput, createCharge } from '../../flows/payments/legacy-charge.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface ChargeUpdate {
  readonly customer?: string
  readonly description?: string
  readonly fraud_details?: { readonly user_report: '' | 'fraudulent' | 'safe' }
  readonly metadata?: MetadataInput
  readonly receipt_email?: string
  readonly shipping?: ShippingInput
  readonly transfer_group?: string
}

interface ChargeList {
  readonly created?: RangeInput
  readonly customer?: string
  readonly payment_intent?: string
  readonly transfer_group?: string
}

const needCharge = (call: Call): Charge => call.world.need('charge', idOf(call), { status: 404, param: 'charge' })

/** A charge joins a group once. */
const refuseGrouped = ({ transfer_group: group }: Charge, { transfer_group: asked }: ChargeUpdate): void => {
  if (asked === undefined || group === null || group === asked) return
  throw invalidRequest(`This charge already belongs to the transfer group ${group}, which cannot be changed.`, {
    param: 'transfer_group',
  })
}

const ownerOf = (call: Call, charge: Charge, id: string | undefined): string | null => {
  if (id === undefined || id === charge.customer) return charge.customer
  if (charge.customer === null) return call.world.need('customer', id, { param: 'customer' }).id
  throw invalidRequest('The customer of a charge cannot be changed once it has one.', { param: 'customer' })
}

const reported = ({ fraud_details: old }: Charge, given: ChargeUpdate['fraud_details']): unknown => {
  if (given === undefined) return old
  return given.user_report === '' ? {} : { user_report: given.user_report }
}

const update = (call: Call, input: ChargeUpdate): Charge => {
  const charge = needCharge(call)
  refuseGrouped(charge, input)
  const changes = {
    customer: ownerOf(call, charge, input.customer),
    description: input.description ?? charge.description,
    fraud_details: reported(charge, input.fraud_details),
    metadata: mergeMetadata(charge.metadata, input.metadata),
    receipt_email: input.receipt_email ?? charge.receipt_email,
    transfer_group: input.transfer_group ?? charge.transfer_group,
    ...(input.shipping ? { shipping: shipmentTo(input.shipping) } : {}),
  }
  return call.world.update(charge, changes, 'charge.updated')
}

export const chargeRoutes: Routes = {
  'POST /v1/charges': route<ChargeInput>(
    [
      'amount',
      'capture',
      'currency',
      'customer',
      'description',
      'metadata',
      'receipt_email',
      'shipping',
      'source',
      'statement_descriptor',
      'statement_descriptor_suffix',
    ],
    ({ world }, input) => createCharge(world, input),
  ),
  'GET /v1/charges/{id}': route([], needCharge),
  'POST /v1/charges/{id}': route<ChargeUpdate>(
    ['customer', 'description', 'fraud_details', 'metadata', 'receipt_email', 'shipping', 'transfer_group'],
    update,
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
}
