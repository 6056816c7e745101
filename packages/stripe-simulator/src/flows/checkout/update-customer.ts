import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { World } from '../../world.ts'
import { addTaxId, type TaxIdInput, taxIdsOf } from '../tax/tax-ids.ts'

/** `customer_update`: what the buyer typed becomes the customer's, for the fields that say `auto`. */
export const updateCustomer = (world: World, session: CheckoutSession, method: PaymentMethod | undefined): void => {
  const { name, address, shipping } = session.$customerUpdate ?? {}
  if (session.customer === null) return
  const { shipping: destination, phone = null } = session.$told ?? {}
  const typedName = session.customer_details?.name
  const typedAddress = method?.billing_details.address
  const changes = {
    ...(name === 'auto' && typeof typedName === 'string' ? { name: typedName } : {}),
    ...(address === 'auto' && typedAddress?.country ? { address: typedAddress } : {}),
    ...(shipping === 'auto' && destination ? { shipping: { ...destination, phone } } : {}),
  }
  if (Object.keys(changes).length === 0) return
  world.update(world.need('customer', session.customer), changes, 'customer.updated')
}

/** What the buyer typed as tax ids stays with the customer. */
export const saveTaxIds = (world: World, session: CheckoutSession, customer: string): void => {
  const known = taxIdsOf(world, customer).map(({ value }) => value)
  const typed = (session.customer_details?.tax_ids ?? []) as readonly TaxIdInput[]
  for (const taxId of typed.filter(({ value }) => !known.includes(value))) addTaxId(world, customer, taxId)
}
