import type { Request, RequestHandler } from 'express'
import { StripeFailure } from '../../domain/failure.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import type { Notices } from './notices.ts'
import { notFoundPage, refusedPage } from './trouble-pages.ts'

/** What every page has at hand. */
export interface PageContext {
  readonly core: SimulatorCore
  readonly notices: Notices
}

/** A page to read, or another place to go to. */
export type Reply =
  | { readonly page: string; readonly status?: number; readonly isFramed?: boolean }
  | { readonly goTo: string; readonly isFramed?: boolean }

const policy = "default-src 'self'; img-src data:; base-uri 'none'"

/** Only a page that is made for it may stand in a frame of another site. */
export const policyFor = (isFramed: boolean): string => (isFramed ? policy : `${policy}; frame-ancestors 'none'`)

/** What the simulator refuses is a page, too. */
const orRefusal = (work: (request: Request) => Reply, request: Request): Reply => {
  try {
    return work(request)
  } catch (cause) {
    if (cause instanceof StripeFailure) return { status: cause.status, page: refusedPage(cause.error.message) }
    throw cause
  }
}

/** 303: whatever was posted, what follows is looked at. */
export const replying =
  (work: (request: Request) => Reply): RequestHandler =>
  (request, response) => {
    const reply = orRefusal(work, request)
    if ('goTo' in reply) response.redirect(303, reply.goTo)
    else {
      if (reply.isFramed === true) response.set('Content-Security-Policy', policyFor(true))
      response.status(reply.status ?? 200).send(reply.page)
    }
  }

export const notFound = (what: string): Reply => ({ status: 404, page: notFoundPage(what) })
