import { fileURLToPath } from 'node:url'
import { type RequestHandler, Router, urlencoded } from 'express'
import type { Pages } from '../simulator-core.ts'
import { challengeRoutes } from './challenge/challenge-routes.ts'
import { checkoutRoutes, recoverRoutes } from './checkout/checkout-routes.ts'
import { deskHome, deskRoutes } from './desk/desk-routes.ts'
import { creditNoteRoute } from './invoice/credit-note-route.ts'
import { invoiceRoutes } from './invoice/invoice-routes.ts'
import { mandateRoutes } from './mandate/mandate-routes.ts'
import { microdepositRoutes } from './microdeposits/microdeposit-routes.ts'
import { onboardingRoutes } from './onboarding/onboarding-routes.ts'
import { createNotices } from './parts/notices.ts'
import { policyFor } from './parts/reply.ts'
import { refusedPage } from './parts/trouble-pages.ts'
import { portalLoginRoutes } from './portal/portal-login.ts'
import { portalRoutes } from './portal/portal-routes.ts'

const headers: RequestHandler = (_request, response, next) => {
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policyFor(false),
    'Referrer-Policy': 'same-origin',
  })
  next()
}

/** Forms of these pages post to these pages; a form of another site does not. */
const sameOrigin: RequestHandler = (request, response, next) => {
  const { origin, host } = request.headers
  if (origin === undefined || origin.replace(/^\w+:\/\//, '') === host) next()
  else response.status(403).send(refusedPage('This form was sent from another site.'))
}

/** What `build-browser.mjs` made of the stylesheet and the script. */
const asset = (name: string): RequestHandler => {
  const file = fileURLToPath(new URL(`../../dist/browser/${name}`, import.meta.url))
  return (_request, response) => response.sendFile(file)
}

/** Checkout, customer portal, the bank's question, invoices, and the page that shows what happened. */
export const pages: Pages = (core) => {
  const context = { core, notices: createNotices() }
  const common = [headers, sameOrigin, urlencoded({ extended: false })]
  return Router()
    .get('/_simulator/assets/pages.css', asset('pages-style.css'))
    .get('/_simulator/assets/pages.js', asset('pages.js'))
    .use('/_simulator/checkout/:sessionId', common, checkoutRoutes(context))
    .use('/_simulator/recover/:sessionId', common, recoverRoutes(context))
    .use('/_simulator/portal/:sessionId', common, portalRoutes(context))
    .use('/_simulator/portal-login/:configurationId', common, portalLoginRoutes(context))
    .use('/_simulator/challenge/:intentId', common, challengeRoutes(context))
    .use('/_simulator/mandate/:mandateId', common, mandateRoutes(context))
    .use('/_simulator/microdeposits/:intentId', common, microdepositRoutes(context))
    .use('/_simulator/onboarding/:linkId', common, onboardingRoutes(context))
    .use('/_simulator/invoice/:invoiceId', common, invoiceRoutes(context))
    .get('/_simulator/credit_note/:noteId', common, creditNoteRoute(context))
    .use('/_simulator/desk', common, deskRoutes(context))
    .get('/_simulator', common, deskHome(context))
}
