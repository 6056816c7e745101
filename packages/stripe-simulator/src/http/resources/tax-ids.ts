import { noSuch } from '../../domain/failure.ts'
import type { TaxId } from '../../domain/objects/tax.ts'
import { addTaxId, type TaxIdInput, taxIdsOf } from '../../flows/tax/tax-ids.ts'
import { newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const ownerOf = (call: Call): string => call.world.need('customer', idOf(call), { status: 404, param: 'customer' }).id

const needTaxId = (call: Call): TaxId => {
  const [customer, id = ''] = call.ids
  const found = call.world.store.get('tax_id', id)
  if (found?.customer === customer && found) return found
  throw noSuch('tax_id', id, { status: 404, param: 'id' })
}

export const taxIdRoutes: Routes = {
  'POST /v1/customers/{id}/tax_ids': route<TaxIdInput>(['type', 'value'], (call, { type, value }) =>
    addTaxId(call.world, ownerOf(call), { type, value }),
  ),
  'GET /v1/customers/{id}/tax_ids': route(pageParams, (call) => newestFirst(call, taxIdsOf(call.world, ownerOf(call)))),
  'GET /v1/customers/{customer_id}/tax_ids/{id}': route([], needTaxId),
  'DELETE /v1/customers/{customer_id}/tax_ids/{id}': route([], (call) => {
    const taxId = needTaxId(call)
    call.world.store.remove(taxId.id)
    call.world.emit('customer.tax_id.deleted', taxId)
    return { id: taxId.id, object: 'tax_id', deleted: true }
  }),
}
