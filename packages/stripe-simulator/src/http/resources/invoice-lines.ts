import { noSuch } from '../../domain/failure.ts'
import type { Invoice, InvoiceLine } from '../../domain/objects/invoice.ts'
import { asGiven } from '../../flows/invoice-items/named.ts'
import { needDraft } from '../../flows/invoice-items/on-invoice.ts'
import {
  addLines,
  type ChangedLine,
  changeLine,
  changeLines,
  type LineInput,
  type Lines,
  type NewLine,
  type RemovedLine,
  removeLines,
} from '../../flows/invoices/lines.ts'
import { toldOnce } from '../../flows/invoices/price-lines.ts'
import { pageOf, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'
import { lineFields } from './line-fields.ts'

const needInvoice = (call: Call): Invoice => call.world.need('invoice', idOf(call), { status: 404, param: 'invoice' })

const change = (call: Call, input: LineInput): InvoiceLine => {
  const [invoice = '', id = ''] = call.ids
  const draft = needDraft(call.world, invoice, { status: 404, param: 'invoice' })
  const missing = noSuch('invoice line item', id, { status: 404, param: 'line_item_id' })
  if (!draft.lines.data.some((line) => line.id === id)) throw missing
  const changed = toldOnce(call.world, invoice, () =>
    changeLine(call.world, draft, { input: { ...input, id }, param: asGiven }),
  )
  const line = changed.lines.data.find((each) => each.id === id)
  if (!line) throw missing
  return line
}

const fields = [...lineFields, 'tax_amounts'] as const

const listed = ['invoice_metadata', 'lines'] as const

export const invoiceLineRoutes: Routes = {
  'GET /v1/invoices/{id}/lines': route(pageParams, (call) => pageOf(call, needInvoice(call).lines.data)),
  'POST /v1/invoices/{invoice_id}/lines/{id}': route<LineInput>(fields, change),
  'POST /v1/invoices/{id}/add_lines': route<Lines<NewLine>>(listed, (call, input) =>
    addLines(call.world, needInvoice(call), input),
  ),
  'POST /v1/invoices/{id}/update_lines': route<Lines<ChangedLine>>(listed, (call, input) =>
    changeLines(call.world, needInvoice(call), input),
  ),
  'POST /v1/invoices/{id}/remove_lines': route<Lines<RemovedLine>>(listed, (call, input) =>
    removeLines(call.world, needInvoice(call), input),
  ),
}
