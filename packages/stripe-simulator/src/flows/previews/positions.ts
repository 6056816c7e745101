import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { World } from '../../world.ts'
import { changeItem } from '../invoice-items/change.ts'
import { addItem, type ItemFields } from '../invoice-items/create.ts'
import { type Named, within } from '../invoice-items/named.ts'
import type { PreviewedItem } from './input.ts'

const named = (index: number): Named => {
  const inner = within(`invoice_items[${index}]`)
  return (name) => inner(name === 'pricing[price]' ? 'price' : name)
}

const refuseUnserved = (item: PreviewedItem, param: Named): void => {
  const other = ['quantity_decimal', 'tax_code'].find((name) => name in item)
  if (other !== undefined) throw notSimulated(`\`${other}\` of a previewed item`, param(other))
}

const eachOf = ({ unit_amount, unit_amount_decimal }: PreviewedItem, param: Named): Partial<ItemFields> => {
  if (unit_amount !== undefined && unit_amount_decimal !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: unit_amount, unit_amount_decimal.', {
      param: param('unit_amount'),
    })
  }
  const each = unit_amount?.toString() ?? unit_amount_decimal
  return each === undefined ? {} : { unit_amount_decimal: each }
}

const fieldsOf = (item: PreviewedItem, param: Named): ItemFields => {
  const { invoiceitem: _id, price, unit_amount: _unit, unit_amount_decimal: _decimal, ...rest } = item
  return { ...rest, ...(price === undefined ? {} : { pricing: { price } }), ...eachOf(item, param) }
}

interface Asked {
  readonly item: PreviewedItem
  readonly param: Named
}

const change = (world: World, customer: Customer, { item, param }: Asked): void => {
  const found = world.need('invoiceitem', item.invoiceitem ?? '', { param: param('invoiceitem') })
  if (found.customer !== customer.id || found.invoice !== null) {
    throw invalidRequest('Only pending invoice items of the customer can be changed in a preview.', {
      param: param('invoiceitem'),
    })
  }
  changeItem(world, found, { fields: fieldsOf(item, param), param })
}

/** Puts the positions in place that a preview is to count with: new ones, and pending ones as they would be. */
export const previewedItems = (
  world: World,
  customer: Customer,
  { items = [], currency }: { items?: readonly PreviewedItem[] | undefined; currency: string | undefined },
): void => {
  for (const [index, item] of items.entries()) {
    const param = named(index)
    refuseUnserved(item, param)
    if (item.invoiceitem === undefined) {
      const fields = fieldsOf(item, param)
      const priced = item.price !== undefined || item.price_data !== undefined
      const in_currency = priced || currency === undefined ? {} : { currency }
      addItem(world, { customer: customer.id }, { fields: { ...in_currency, ...fields }, param })
    } else change(world, customer, { item, param })
  }
}
