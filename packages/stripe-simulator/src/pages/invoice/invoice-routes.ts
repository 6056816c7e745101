import { type RequestHandler, Router } from 'express'
import type { Invoice } from '../../domain/objects/invoice.ts'
import { type FormInput, formInput, pathText } from '../parts/form-input.ts'
import { readMethod } from '../parts/method-fields.ts'
import { orProblem } from '../parts/refused-field.ts'
import { notFound, type PageContext, type Reply, replying } from '../parts/reply.ts'
import { sampleForm } from '../parts/test-bar.ts'
import { type InvoiceView, invoicePage } from './invoice-page.ts'

interface Visit extends PageContext {
  readonly invoice: Invoice
  readonly form: FormInput
}

const pathOf = ({ id }: Invoice): string => `/_simulator/invoice/${id}`

const show = ({ core, invoice, form }: Visit, view: Partial<InvoiceView>, status = 200): Reply => {
  const now = core.find('invoice', invoice.id) ?? invoice
  const offered = core.offeredMethods(now.currency)
  const isProcessing = core.isInvoiceProcessing(now.id)
  return { status, page: invoicePage(now, { form, problems: new Map(), offered, isProcessing, ...view }) }
}

const pay = (visit: Visit): Reply => {
  const { core, notices, invoice, form } = visit
  const read = readMethod(form, core.offeredMethods(invoice.currency))
  if ('problems' in read) return show(visit, read, 422)
  const outcome = orProblem(() => core.payInvoice(invoice.id, read.method))
  if ('problems' in outcome) return show(visit, outcome, 422)
  if (outcome.status === 'requires_action') return { goTo: outcome.challengeUrl }
  if (outcome.status === 'declined') return show(visit, { trouble: outcome.message }, 402)
  const good = outcome.status === 'paid' ? 'Paid. Thank you.' : 'Thank you. Your bank has been asked for the money.'
  notices.leave(pathOf(invoice), { good })
  return { goTo: pathOf(invoice) }
}

/** The hosted invoice: look at it, and pay it while it is open. */
export const invoiceRoutes = (context: PageContext): Router => {
  const found = (then: (visit: Visit) => Reply): RequestHandler =>
    replying((request) => {
      const invoice = context.core.find('invoice', pathText(request, 'invoiceId'))
      const form = request.method === 'GET' ? sampleForm(request) : formInput(request.body)
      return invoice ? then({ ...context, invoice, form }) : notFound('invoice')
    })
  return Router({ mergeParams: true })
    .get(
      '/',
      found((visit) => show(visit, context.notices.take(pathOf(visit.invoice)))),
    )
    .post('/', found(pay))
}
