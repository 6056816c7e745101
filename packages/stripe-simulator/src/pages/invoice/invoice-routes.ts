import { type RequestHandler, Router } from 'express'
import type { Invoice } from '../../domain/objects/invoice.ts'
import { readCard, sampleForm } from '../parts/card-fields.ts'
import { type FormInput, formInput, pathText, queryText } from '../parts/form-input.ts'
import { notFound, type PageContext, type Reply, replying } from '../parts/reply.ts'
import { type InvoiceView, invoicePage } from './invoice-page.ts'

interface Visit extends PageContext {
  readonly invoice: Invoice
  readonly form: FormInput
}

const pathOf = ({ id }: Invoice): string => `/_simulator/invoice/${id}`

const show = ({ core, invoice, form }: Visit, view: Partial<InvoiceView>, status = 200): Reply => {
  const now = core.find('invoice', invoice.id) ?? invoice
  return { status, page: invoicePage(now, { form, problems: new Map(), ...view }) }
}

const pay = (visit: Visit): Reply => {
  const { core, notices, invoice, form } = visit
  const read = readCard(form)
  if ('problems' in read) return show(visit, read, 422)
  const outcome = core.payInvoice(invoice.id, read)
  if (outcome.status === 'requires_action') return { goTo: outcome.challengeUrl }
  if (outcome.status === 'declined') return show(visit, { trouble: outcome.message }, 402)
  notices.leave(pathOf(invoice), { good: 'Paid. Thank you.' })
  return { goTo: pathOf(invoice) }
}

/** The hosted invoice: look at it, and pay it while it is open. */
export const invoiceRoutes = (context: PageContext): Router => {
  const found = (then: (visit: Visit) => Reply): RequestHandler =>
    replying((request) => {
      const invoice = context.core.find('invoice', pathText(request, 'invoiceId'))
      const form = request.method === 'GET' ? sampleForm(queryText(request, 'card')) : formInput(request.body)
      return invoice ? then({ ...context, invoice, form }) : notFound('invoice')
    })
  return Router({ mergeParams: true })
    .get(
      '/',
      found((visit) => show(visit, context.notices.take(pathOf(visit.invoice)))),
    )
    .post('/', found(pay))
}
