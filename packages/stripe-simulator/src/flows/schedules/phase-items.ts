import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { InvoiceItemInput, PhaseInput, PhaseInvoiceItem, PhaseItem } from '../../domain/objects/schedule.ts'
import type { World } from '../../world.ts'
import { createPrice } from '../prices.ts'
import { refuseOther } from '../refuse-other.ts'
import { quantityOf, recurringPrice, type ItemInput as SoldInput } from '../subscriptions/items.ts'

const servedOfItems = ['metadata', 'price', 'price_data', 'quantity']
const servedOfInvoiceItems = ['discountable', 'metadata', 'price', 'price_data', 'quantity']

type ItemInput = PhaseInput['items'][number]

export const phaseItem = (
  price: string,
  { quantity, metadata }: Pick<ItemInput, 'quantity' | 'metadata'>,
): PhaseItem => ({
  billing_thresholds: null,
  discounts: [],
  metadata: mergeMetadata({}, metadata),
  plan: price,
  price,
  tax_rates: [],
  ...(quantity === undefined ? {} : { quantity }),
})

export const itemOf = (world: World, input: ItemInput, param: string): PhaseItem => {
  refuseOther(input, servedOfItems, param)
  const price = recurringPrice(world, input as SoldInput, param)
  const quantity = quantityOf(price, input.quantity, param)
  return phaseItem(price.id, { ...input, ...(quantity === undefined ? {} : { quantity }) })
}

const oneTimePrice = (world: World, input: InvoiceItemInput, param: string): Price => {
  if (input.price_data) return createPrice(world, { ...input.price_data, active: false })
  if (input.price === undefined) throw missingParam(`${param}[price]`)
  const price = world.need('price', input.price, { param: `${param}[price]` })
  if (!price.recurring) return price
  throw invalidRequest(
    'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
    { param: `${param}[price]` },
  )
}

const defaultPeriod = { end: { type: 'min_item_period_end' }, start: { type: 'max_item_period_start' } }

/** Something that is billed once, when its phase begins. */
export const invoiceItemOf = (
  world: World,
  input: InvoiceItemInput,
  { currency, param }: { readonly currency: string; readonly param: string },
): PhaseInvoiceItem => {
  refuseOther(input, servedOfInvoiceItems, param)
  const price = oneTimePrice(world, input, param)
  if (price.currency !== currency) {
    throw invalidRequest('All prices of a phase must have the same `currency`.', { param: `${param}[price]` })
  }
  return {
    discountable: input.discountable ?? true,
    discounts: [],
    metadata: mergeMetadata({}, input.metadata),
    period: defaultPeriod,
    price: price.id,
    quantity: input.quantity ?? 1,
    tax_rates: [],
  }
}
