import type { CustomerPart } from '../../domain/objects/account.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { PortalCustomer } from '../../portal-core.ts'
import type { World } from '../../world.ts'
import { updateCustomer } from '../customers.ts'
import { addTaxId, checkTaxId, taxIdsOf } from '../tax/tax-ids.ts'
import { refuseDisabled } from './verbs.ts'
import { configurationOf, needPortal } from './view.ts'

const partOf: Readonly<Record<keyof PortalCustomer, CustomerPart>> = {
  address: 'address',
  email: 'email',
  name: 'name',
  phone: 'phone',
  shipping: 'shipping',
  taxId: 'tax_id',
}

/** Customers change what the configuration lets them change of themselves. */
export const updateCustomerInPortal = (world: World, sessionId: string, changes: PortalCustomer): Customer => {
  const session = needPortal(world, sessionId)
  const { enabled, allowed_updates } = configurationOf(world, session).features.customer_update
  for (const name of Object.keys(changes) as (keyof PortalCustomer)[]) {
    refuseDisabled(enabled && allowed_updates.includes(partOf[name]), `change their ${partOf[name].replace('_', ' ')}`)
  }
  const { taxId, ...fields } = changes
  if (taxId) checkTaxId(taxId)
  const customer = updateCustomer(world, world.need('customer', session.customer), fields)
  if (taxId && !taxIdsOf(world, customer.id).some(({ value }) => value === taxId.value)) {
    addTaxId(world, customer.id, taxId)
  }
  return world.need('customer', customer.id)
}
