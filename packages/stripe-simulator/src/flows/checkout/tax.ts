import { invalidRequest } from '../../domain/failure.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { ShippingCost } from '../../domain/objects/checkout-parts.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { LineTax } from '../../domain/objects/tax.ts'
import type { TaxAddress } from '../../domain/tax.ts'
import type { World } from '../../world.ts'
import { taxStatusOf } from '../tax/invoice-tax.ts'
import { isKnown, placeOf, type TaxPlace, taxAt } from '../tax/rates.ts'
import type { SessionInput } from './session-input.ts'

type Taxed = Pick<CheckoutSession, 'automatic_tax' | 'customer' | '$customerUpdate' | 'customer_details'>

const nowhere: TaxPlace = { address: null, exempt: 'none' }

/** Where the buyer is: what they typed, unless the session's customer keeps an address of their own. */
const placeOfBuyer = (world: World, session: Taxed): TaxPlace => {
  const customer = session.customer === null ? undefined : world.need('customer', session.customer)
  const own = customer ? placeOf(customer) : nowhere
  const typed = (session.customer_details?.address ?? null) as TaxAddress | null
  const follows = !customer || session.$customerUpdate?.address === 'auto'
  return follows && typed?.country ? { ...own, address: typed } : own
}

const behaves = (item: CheckoutItem): boolean => item.price.tax_behavior === 'inclusive'

const added = (tax: LineTax | undefined): number => (tax?.tax_behavior === 'exclusive' ? tax.amount : 0)

const withTax = (world: World, item: CheckoutItem, place: TaxPlace): CheckoutItem => {
  const amount = item.amount_subtotal - item.amount_discount
  const tax = taxAt(world, place, { amount, inclusive: behaves(item) })
  return { ...item, amount_tax: tax?.amount ?? 0, amount_total: amount + added(tax) }
}

/** A session's lines with their tax, as far as it is known where the buyer is. */
export const taxItems = (world: World, session: Taxed, items: readonly CheckoutItem[]): CheckoutItem[] =>
  session.automatic_tax.enabled ? items.map((item) => withTax(world, item, placeOfBuyer(world, session))) : [...items]

/** What delivery costs, with its tax. */
export const taxShipping = (world: World, session: Taxed, cost: ShippingCost | null): ShippingCost | null => {
  if (cost === null || !session.automatic_tax.enabled) return cost
  const inclusive = world.store.get('shipping_rate', cost.shipping_rate ?? '')?.tax_behavior === 'inclusive'
  const tax = taxAt(world, placeOfBuyer(world, session), { amount: cost.amount_subtotal, inclusive })
  return { ...cost, amount_tax: tax?.amount ?? 0, amount_total: cost.amount_subtotal + added(tax) }
}

/** Automatic tax as a session shows it. */
export const taxStatus = (world: World, session: Taxed): CheckoutSession['automatic_tax'] => {
  const { enabled } = session.automatic_tax
  return taxStatusOf(enabled, enabled && isKnown(placeOfBuyer(world, session)))
}

const refuseUnlocated = (input: SessionInput, customer: Customer): void => {
  if (input.customer_update?.address === 'auto' || isKnown(placeOf(customer))) return
  throw invalidRequest(
    "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
    { code: 'customer_tax_location_invalid', param: 'customer' },
  )
}

/** What taxes and tax ids ask of the customer that a session names. */
export const checkTax = (world: World, input: SessionInput): void => {
  if (input.customer === undefined) return
  const customer = world.need('customer', input.customer, { param: 'customer' })
  if (input.automatic_tax?.enabled === true) refuseUnlocated(input, customer)
  if (input.tax_id_collection?.enabled !== true || input.customer_update?.name === 'auto') return
  throw invalidRequest(
    'Tax ID collection requires updating business name on the customer. To enable tax ID collection for an existing customer, please set `customer_update[name]` to `auto`.',
    { param: 'customer_update[name]' },
  )
}
