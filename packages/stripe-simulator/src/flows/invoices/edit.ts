import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { changedInvoiceTerms } from '../connect/invoice-terms.ts'
import { applyDiscounts } from '../discounts.ts'
import { automaticTax, refuseUnlocated } from '../tax/invoice-tax.ts'
import { refuseTwoTaxes } from './create.ts'
import { type InvoiceInput, plainFields } from './fields.ts'
import { recalculate, toldOnce } from './price-lines.ts'
import { collectionTerms, draftAdvance } from './terms.ts'

/** What can still be said of an invoice that was finalized, and of one that is over. */
const lasting: Readonly<Record<string, readonly string[]>> = {
  open: ['auto_advance', 'default_payment_method', 'expand', 'metadata'],
  other: ['expand', 'metadata'],
}

const refuseFinalized = (invoice: Invoice, input: InvoiceInput): void => {
  const allowed = lasting[invoice.status] ?? lasting.other ?? []
  const param = Object.keys(input).find((name) => !allowed.includes(name))
  if (param === undefined) return
  throw invalidRequest("Finalized invoices can't be updated in this way", { code: 'invoice_not_editable', param })
}

const discountsOf = (world: World, draft: Invoice, input: InvoiceInput): readonly string[] => {
  if (input.discounts === undefined) return draft.discounts
  return applyDiscounts(world, input.discounts || [], {
    customer: draft.customer,
    invoice: draft.id,
    known: draft.discounts,
    currency: draft.currency,
  })
}

const taxOf = (world: World, draft: Invoice, input: InvoiceInput): Partial<Invoice> => {
  if (input.automatic_tax === undefined) return {}
  if (input.automatic_tax.enabled) refuseUnlocated(world.need('customer', draft.customer))
  return { automatic_tax: automaticTax(input.automatic_tax.enabled, true) }
}

const editDraft = (world: World, draft: Invoice, input: InvoiceInput): Invoice => {
  const changes = {
    ...plainFields(world, input, draft),
    ...draftAdvance(world, input, draft),
    ...collectionTerms(world, input, draft),
    ...taxOf(world, draft, input),
    ...changedInvoiceTerms(world, draft, input),
    discounts: discountsOf(world, draft, input),
  }
  const { automatic_tax: tax, default_tax_rates: rates } = { ...draft, ...changes }
  refuseTwoTaxes(tax.enabled, rates)
  return toldOnce(world, draft.id, () => recalculate(world, draft, changes))
}

/** Whether an open invoice is collected by itself from here on. */
const openAdvance = (world: World, invoice: Invoice, on: boolean | undefined): Partial<Invoice> => {
  if (on === undefined || on === invoice.auto_advance) return {}
  const collects = on && invoice.collection_method === 'charge_automatically'
  return {
    auto_advance: on,
    next_payment_attempt: collects ? world.now() + world.settings.draftSeconds : null,
  }
}

/** A draft can be changed in all it says; of a finalized invoice, only what does not change what it says. */
export const editInvoice = (world: World, invoice: Invoice, input: InvoiceInput): Invoice => {
  if (invoice.status === 'draft') return editDraft(world, invoice, input)
  refuseFinalized(invoice, input)
  const changes = { ...plainFields(world, input, invoice), ...openAdvance(world, invoice, input.auto_advance) }
  return world.update(invoice, changes, 'invoice.updated')
}
