import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { InvoiceItem } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { applyDiscounts } from '../discounts.ts'
import { checkedPeriod, checkSize, type ItemFields, isInclusive, netOf, usableRates } from './create.ts'
import { asGiven, type Named } from './named.ts'
import { followItem, lineOfItem, needDraft, offInvoice } from './on-invoice.ts'
import { type Asked, askedPosition, requantified } from './position.ts'

const priced = ['amount', 'price_data', 'pricing', 'unit_amount_decimal'] as const

const refuseProration = (item: InvoiceItem, fields: ItemFields, { param }: Asked): void => {
  if (!item.proration) return
  if (fields.discountable === true) {
    throw invalidRequest('Prorations cannot be made discountable.', { param: param('discountable') })
  }
  const other = (['price_data', 'pricing', 'quantity', 'unit_amount_decimal'] as const).find(
    (name) => fields[name] !== undefined,
  )
  if (other !== undefined) throw notSimulated('another price or quantity of a proration', param(other))
}

const costOf = (world: World, item: InvoiceItem, { fields, asked }: Edit): Partial<InvoiceItem> => {
  if (priced.some((name) => fields[name] !== undefined)) {
    const quantity = fields.quantity ?? (fields.amount === undefined ? item.quantity : undefined)
    const { description: _name, ...position } = askedPosition(
      world,
      quantity === undefined ? fields : { ...fields, quantity },
      asked,
    )
    return position
  }
  return fields.quantity === undefined ? {} : requantified(world, item, fields.quantity)
}

interface Edit {
  readonly fields: ItemFields
  readonly asked: Asked
}

const discountsOf = (world: World, item: InvoiceItem, { fields, asked }: Edit): readonly string[] => {
  if (fields.discounts === undefined) return item.discounts
  return applyDiscounts(world, fields.discounts || [], {
    customer: item.customer,
    invoiceItem: item.id,
    known: item.discounts,
    param: asked.param('discounts'),
    currency: item.currency,
  })
}

const changesOf = (world: World, item: InvoiceItem, edit: Edit): Partial<InvoiceItem> => {
  const { fields, asked } = edit
  const inclusive = isInclusive(fields, asked)
  return {
    ...costOf(world, item, edit),
    description: fields.description === undefined ? item.description : fields.description || null,
    discountable: fields.discountable ?? item.discountable,
    discounts: discountsOf(world, item, edit),
    metadata: mergeMetadata(item.metadata, fields.metadata),
    period: fields.period ? checkedPeriod(fields.period, asked.param('period')) : item.period,
    tax_rates:
      fields.tax_rates === undefined ? item.tax_rates : usableRates(world, fields.tax_rates, asked.param('tax_rates')),
    ...(inclusive === undefined ? {} : { $inclusive: inclusive }),
  }
}

/** Changes a position, and the draft that it stands on. */
export const changeItem = (
  world: World,
  item: InvoiceItem,
  { fields, param = asGiven }: { fields: ItemFields; param?: Named },
): InvoiceItem => {
  const draft = item.invoice === null ? undefined : needDraft(world, item.invoice)
  const asked = { param, currency: item.currency }
  refuseProration(item, fields, asked)
  const changes = changesOf(world, item, { fields, asked })
  checkSize(changes.amount ?? item.amount, param('amount'))
  const changed = world.update(item, { ...changes, ...netOf({ ...item, ...changes }) })
  if (draft) followItem(world, draft, changed)
  return changed
}

/** A position is gone, from its draft too. */
export const removeItem = (world: World, item: InvoiceItem): { readonly id: string } => {
  const draft = item.invoice === null ? undefined : needDraft(world, item.invoice)
  const line = draft && lineOfItem(draft, item)
  world.store.remove(item.id)
  world.emit('invoiceitem.deleted', item)
  if (draft && line) offInvoice(world, draft, [line.id])
  return { id: item.id }
}
