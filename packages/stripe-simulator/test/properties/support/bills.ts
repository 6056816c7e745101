import { pretaxCreditsOf } from '../../../src/domain/credits.ts'
import type { Invoice } from '../../../src/domain/objects/invoice.ts'
import type { LineTax } from '../../../src/domain/objects/tax.ts'
import type { World } from '../../../src/world.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const onTop = (taxes: unknown): number =>
  sum(
    ((taxes ?? []) as readonly LineTax[])
      .filter(({ tax_behavior }) => tax_behavior === 'exclusive')
      .map(({ amount }) => amount),
  )

/** What the lines of an invoice come to: less their discounts, with the taxes that are not in them. */
export const linesOf = ({ lines }: Invoice): number =>
  sum(
    lines.data.map((line) => line.amount - sum(pretaxCreditsOf(line).map(({ amount }) => amount)) + onTop(line.taxes)),
  )

const frozen = ['currency', 'customer', 'discounts', 'due_date', 'lines', 'number', 'subtotal', 'total'] as const

type Bills = ReadonlyMap<string, string>

/** What the finalized invoices say. */
export const billsOf = (world: World): Bills =>
  new Map(
    world.store
      .all('invoice')
      .filter(({ status_transitions }) => status_transitions.finalized_at !== null)
      .map((invoice) => [invoice.id, JSON.stringify(frozen.map((name) => invoice[name]))]),
  )

/** Finalized invoices that say something else, or nothing any more. */
export const alteredBills = (before: Bills, after: Bills): string[] =>
  [...before].filter(([id, said]) => after.get(id) !== said).map(([id]) => `${id} was altered after it was finalized`)

/** Positions that are billed twice, or not where they say. */
export const misplacedItems = (world: World): string[] => {
  const lines = world.store.all('invoice').flatMap((invoice) => invoice.lines.data)
  return world.store.all('invoiceitem').flatMap((item) => {
    const billed = lines.filter((line) => line.parent.invoice_item_details?.invoice_item === item.id)
    const where = billed.map(({ invoice }) => invoice)
    const right = item.invoice === null ? [] : [item.invoice]
    if (String(where) !== String(right)) return [`${item.id} says ${item.invoice}, stands on ${where}`]
    return billed.every(({ amount }) => amount === item.amount) ? [] : [`${item.id} is billed with another amount`]
  })
}
