import type { Blame } from '../../domain/failure.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { itemLine } from '../../domain/invoice-line.ts'
import type { Invoice, InvoiceItem, InvoiceLine } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { lineWithId } from '../invoices/draft.ts'
import { withLines } from '../invoices/price-lines.ts'

const mostLines = 250

/** A draft, or a refusal: what was finalized stays as it is. */
export const needDraft = (world: World, id: string, blame: Blame = {}): Invoice => {
  const invoice = world.need('invoice', id, blame)
  if (invoice.status === 'draft') return invoice
  throw invalidRequest('This invoice is no longer editable: only a draft can be changed.', {
    code: 'invoice_not_editable',
    ...(blame.param === undefined ? {} : { param: blame.param }),
  })
}

export const itemOfLine = (world: World, line: InvoiceLine): InvoiceItem | undefined =>
  world.store.get('invoiceitem', line.parent.invoice_item_details?.invoice_item ?? '')

const isOf = (line: InvoiceLine, item: InvoiceItem): boolean =>
  line.parent.invoice_item_details?.invoice_item === item.id

/** Puts positions on their draft, after what is there. */
export const onInvoice = (world: World, draft: Invoice, items: readonly InvoiceItem[]): Invoice => {
  if (draft.lines.data.length + items.length > mostLines) {
    throw invalidRequest(`An invoice can have at most ${mostLines} line items.`, { param: 'invoice' })
  }
  const added = items.map((item) => lineWithId(world, draft.id, itemLine(item)))
  return withLines(world, draft, [...draft.lines.data, ...added])
}

/** The draft's line follows a changed position. */
export const followItem = (world: World, draft: Invoice, item: InvoiceItem): Invoice =>
  withLines(
    world,
    draft,
    draft.lines.data.map((line) =>
      isOf(line, item) ? ({ ...itemLine(item), id: line.id, invoice: draft.id } as InvoiceLine) : line,
    ),
  )

/** Takes lines off a draft. */
export const offInvoice = (world: World, draft: Invoice, ids: readonly string[]): Invoice =>
  withLines(
    world,
    draft,
    draft.lines.data.filter(({ id }) => !ids.includes(id)),
  )

export const lineOfItem = (draft: Invoice, item: InvoiceItem): InvoiceLine | undefined =>
  draft.lines.data.find((line) => isOf(line, item))
