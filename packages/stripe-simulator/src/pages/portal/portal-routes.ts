import { Router } from 'express'
import type { Problems } from '../parts/card-fields.ts'
import { day } from '../parts/display.ts'
import { formInput, queryText } from '../parts/form-input.ts'
import { readMethod } from '../parts/method-fields.ts'
import { orProblem } from '../parts/refused-field.ts'
import type { PageContext, Reply } from '../parts/reply.ts'
import { customerPage, readCustomer } from './customer-form.ts'
import { cancelPage, durationValue, pausePage } from './leaving-forms.ts'
import { confirmationOf, flowPath, portalPath } from './portal-flow.ts'
import { donePage, paymentMethodPage } from './portal-forms.ts'
import { portalPage } from './portal-page.ts'
import { done, inPortal, onSubscription, type SubscriptionVisit, type Visit } from './portal-visit.ts'
import { periodEnd } from './portal-words.ts'
import { offerSwitch, switchPlan, wantedIn } from './switch-plan.ts'

const home = ({ core, notices, view, request }: Visit): Reply => {
  const start = queryText(request, 'at') === 'home' ? undefined : flowPath(view)
  return start === undefined ? { page: portalPage(core, view, notices.take(portalPath(view))) } : { goTo: start }
}

const cancel = (visit: SubscriptionVisit): Reply => {
  const { core, view, form, subscription } = visit
  const [reason, comment] = [form.text('reason'), form.text('comment')]
  const ended = core.portalCancelSubscription(view.session.id, {
    subscriptionId: subscription.id,
    ...(reason === '' ? {} : { reason }),
    ...(comment === '' ? {} : { comment }),
  })
  const isOver = ended.status === 'canceled'
  return done(visit, {
    good: isOver ? 'Your subscription has ended.' : `Your subscription ends on ${day(periodEnd(ended))}.`,
  })
}

const resume = (visit: SubscriptionVisit): Reply => {
  visit.core.portalResumeSubscription(visit.view.session.id, { subscriptionId: visit.subscription.id })
  return done(visit, { good: 'Your subscription goes on.' })
}

const pause = (visit: SubscriptionVisit): Reply => {
  const { core, view, form, subscription } = visit
  const { interval_options: options } = view.configuration.features.subscription_pause.duration
  const duration = options.find((option) => durationValue(option) === form.text('duration'))
  core.portalPauseSubscription(view.session.id, {
    subscriptionId: subscription.id,
    ...(duration ? { duration } : {}),
  })
  return done(visit, { good: 'Your subscription is paused.' })
}

const acceptOffer = (visit: SubscriptionVisit): Reply => {
  visit.core.portalAcceptOffer(visit.view.session.id, { subscriptionId: visit.subscription.id })
  return done(visit, { good: 'The discount is yours. Your subscription goes on.' })
}

const saveCustomer = (visit: Visit): Reply => {
  const { core, view, form } = visit
  const read = readCustomer(view, form)
  if ('problems' in read) return { status: 422, page: customerPage(view, { form, ...read }) }
  const outcome = orProblem(() => core.portalUpdateCustomer(view.session.id, read.changes))
  if ('problems' in outcome)
    return { status: 422, page: customerPage(view, { form, problems: outcome.problems as Problems }) }
  return done(visit, { good: 'Your information is saved.' })
}

const confirmation = ({ notices, view }: Visit): Reply => {
  const message = confirmationOf(view)
  if (message === undefined) return { goTo: portalPath(view) }
  return { page: donePage(message, notices.take(portalPath(view)), view.returnUrl) }
}

const askForMethod = ({ core, view, form }: Visit): Reply => ({
  page: paymentMethodPage(view, { form, problems: new Map(), offered: core.offeredMethods() }),
})

const saveMethod = (visit: Visit): Reply => {
  const { core, view, form } = visit
  const offered = core.offeredMethods()
  const read = readMethod(form, offered)
  if ('problems' in read) return { status: 422, page: paymentMethodPage(view, { form, offered, ...read }) }
  const outcome = orProblem(() => core.portalUpdatePaymentMethod(view.session.id, read.method))
  if ('problems' in outcome) return { status: 422, page: paymentMethodPage(view, { form, offered, ...outcome }) }
  if (outcome.status === 'requires_action') return { goTo: outcome.challengeUrl }
  if (outcome.status === 'updated') {
    return done(visit, { good: `Your new ${'card' in read.method ? 'card' : 'bank account'} is saved.` })
  }
  const trouble = outcome.message
  return { status: 402, page: paymentMethodPage(view, { form, problems: new Map(), offered, trouble }) }
}

/** The customer portal: see what you have, cancel it, keep it, switch it, pay with another card. */
export const portalRoutes = (context: PageContext): Router => {
  const subscription = '/subscriptions/:subscriptionId'
  return Router({ mergeParams: true })
    .get('/', inPortal(context, home))
    .get('/payment-method', inPortal(context, askForMethod))
    .post('/payment-method', inPortal(context, saveMethod))
    .get(
      '/customer',
      inPortal(context, ({ view, form }) => ({ page: customerPage(view, { form, problems: new Map() }) })),
    )
    .post('/customer', inPortal(context, saveCustomer))
    .get('/done', inPortal(context, confirmation))
    .post(`${subscription}/offer`, onSubscription(context, acceptOffer))
    .get(
      `${subscription}/pause`,
      onSubscription(context, (visit) => ({ page: pausePage(visit.core, visit.view, visit.subscription) })),
    )
    .post(`${subscription}/pause`, onSubscription(context, pause))
    .get(
      `${subscription}/cancel`,
      onSubscription(context, (visit) => ({ page: cancelPage(visit.core, visit.view, visit.subscription) })),
    )
    .post(`${subscription}/cancel`, onSubscription(context, cancel))
    .post(`${subscription}/resume`, onSubscription(context, resume))
    .get(
      `${subscription}/switch`,
      onSubscription(context, (visit) => offerSwitch(visit, wantedIn(formInput(visit.request.query)))),
    )
    .post(`${subscription}/switch`, onSubscription(context, switchPlan))
}
