import { type RequestHandler, Router } from 'express'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { sampleForm } from '../parts/card-fields.ts'
import { type FormInput, formInput, pathText, queryText } from '../parts/form-input.ts'
import { notFound, type PageContext, type Reply, replying } from '../parts/reply.ts'
import { brandingSheet } from './branding.ts'
import { checkoutPage, closedCheckoutPage } from './checkout-page.ts'
import type { CheckoutView } from './checkout-view.ts'
import { readPayment } from './read-payment.ts'

interface Visit extends PageContext {
  readonly session: CheckoutSession
  readonly form: FormInput
}

/** The page as the session is now, with what was typed. */
const show = ({ core, session, form }: Visit, view: Partial<CheckoutView> = {}, status = 200): Reply => {
  const now = core.find('checkout.session', session.id) ?? session
  return { status, page: checkoutPage(core, now, { form, problems: new Map(), ...view }) }
}

const without = (form: FormInput, left: string): FormInput => ({
  text: (name) => (name === left ? '' : form.text(name)),
})

const applyCode = (visit: Visit): Reply => {
  const outcome = visit.core.applyPromotionCode(visit.session.id, visit.form.text('promotionCode'))
  if (outcome.status === 'refused') return show(visit, { problems: new Map([['promotionCode', outcome.message]]) }, 422)
  return show({ ...visit, form: without(visit.form, 'promotionCode') }, { good: 'Promotion code applied.' })
}

const removeCode = (visit: Visit): Reply => {
  visit.core.removePromotionCode(visit.session.id)
  return show(visit, { good: 'Promotion code removed.' })
}

const quantities = ({ core, session, form }: Visit) =>
  core
    .lineItems(session.id)
    .map((item) => ({ id: item.id, now: item.quantity, quantity: Number(form.text(`quantity-${item.id}`)) }))
    .filter(({ now, quantity }) => quantity > 0 && quantity !== now)

/** How many, what else, how it is sent: the amounts follow, and what was typed stays. */
const change = (visit: Visit): Reply => {
  const { core, session, form } = visit
  const [added, removed, rate] = [form.text('add'), form.text('remove'), form.text('shippingRate')]
  for (const { id, quantity } of quantities(visit)) core.changeCheckoutSession(session.id, { line: { id, quantity } })
  core.changeCheckoutSession(session.id, {
    ...(rate === '' ? {} : { shippingRateId: rate }),
    ...(added === '' ? {} : { optional: { price: added, isWanted: true } }),
    ...(removed === '' ? {} : { optional: { price: removed, isWanted: false } }),
  })
  return show(visit, { good: 'Your order is up to date.' })
}

/** Enter in the field of a promotion code applies the code; it pays nothing. */
const pay = (visit: Visit): Reply => {
  const { core, session, form } = visit
  if (form.text('promotionCode') !== '') return applyCode(visit)
  const read = readPayment(core, session, form)
  if ('problems' in read) return show(visit, read, 422)
  const outcome = core.payCheckoutSession(session.id, read.payment)
  if (outcome.status === 'complete') return { goTo: outcome.redirectUrl }
  return outcome.status === 'requires_action'
    ? { goTo: outcome.challengeUrl }
    : show(visit, { trouble: outcome.message }, 402)
}

/** Checkout: look, pay, be declined and try again, use a promotion code. */
export const checkoutRoutes = (context: PageContext): Router => {
  const { core, notices } = context
  const open = (then: (visit: Visit) => Reply): RequestHandler =>
    replying((request) => {
      const session = core.find('checkout.session', pathText(request, 'sessionId'))
      if (!session || session.ui_mode === 'elements') return notFound('checkout')
      const isFramed = session.ui_mode === 'embedded_page'
      if (session.status !== 'open') return { page: closedCheckoutPage(session), isFramed }
      const form = request.method === 'GET' ? sampleForm(queryText(request, 'card')) : formInput(request.body)
      return { ...then({ ...context, session, form }), isFramed }
    })
  return Router({ mergeParams: true })
    .get(
      '/',
      open((visit) => show(visit, notices.take(`/_simulator/checkout/${visit.session.id}`))),
    )
    .post('/', open(pay))
    .get('/branding.css', (request, response) => {
      const session = core.find('checkout.session', pathText(request, 'sessionId'))
      response.type('text/css').send(session ? brandingSheet(session) : '')
    })
    .post('/change', open(change))
    .post('/promotion', open(applyCode))
    .post('/promotion/remove', open(removeCode))
}

/** An expired session's link makes a fresh copy of it, and leads there. */
export const recoverRoutes = ({ core }: PageContext): Router =>
  Router({ mergeParams: true }).get(
    '/',
    replying((request) => {
      const id = pathText(request, 'sessionId')
      return core.find('checkout.session', id) ? { goTo: core.recoverCheckoutSession(id) } : notFound('checkout')
    }),
  )
