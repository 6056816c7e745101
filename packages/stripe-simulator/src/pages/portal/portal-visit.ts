import type { Request, RequestHandler } from 'express'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { PortalView } from '../../portal-core.ts'
import { type FormInput, formInput, pathText } from '../parts/form-input.ts'
import type { Notice } from '../parts/notices.ts'
import { notFound, type PageContext, type Reply, replying } from '../parts/reply.ts'
import { sampleForm } from '../parts/test-bar.ts'
import { donePath, portalPath } from './portal-flow.ts'

export interface Visit extends PageContext {
  readonly view: PortalView
  readonly form: FormInput
  readonly request: Request
}

export interface SubscriptionVisit extends Visit {
  readonly subscription: Subscription
}

export const inPortal = (context: PageContext, then: (visit: Visit) => Reply): RequestHandler =>
  replying((request) => {
    const view = context.core.portalSession(pathText(request, 'sessionId'))
    const form = request.method === 'GET' ? sampleForm(request) : formInput(request.body)
    return view ? then({ ...context, view, form, request }) : notFound('portal session')
  })

export const onSubscription = (context: PageContext, then: (visit: SubscriptionVisit) => Reply): RequestHandler =>
  inPortal(context, (visit) => {
    const id = pathText(visit.request, 'subscriptionId')
    const subscription = visit.view.subscriptions.find((each) => each.id === id)
    return subscription ? then({ ...visit, subscription }) : notFound('subscription')
  })

/** What the customer came for is done: say so, where they go next. */
export const done = ({ view, notices }: Visit, notice: Notice): Reply => {
  notices.leave(portalPath(view), notice)
  return { goTo: donePath(view) }
}
