import { fileURLToPath } from 'node:url'
import express, { type Express, type RequestHandler, type Router } from 'express'
import { allowBrowsers } from './cors.ts'

export interface AppParts {
  readonly api: Router
  readonly admin: Router
  readonly pages: Router
}

/** Built by this package's build from `src/browser`. */
const stripeJs = fileURLToPath(new URL('../../dist/browser/stripe.js', import.meta.url))

const serveStripeJs: RequestHandler = (_request, response) => {
  response.sendFile(stripeJs, (cause?: Error) => {
    if (!cause || response.headersSent) return
    response.status(404).type('text/plain').send('stripe.js has not been built: run the build of the simulator.')
  })
}

/** One server for everything: the API, the hosted pages, Stripe.js and what steers the simulation. */
export const createApp = ({ api, admin, pages }: AppParts): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.get('/stripe.js', allowBrowsers, serveStripeJs)
  app.use('/_simulator/api', allowBrowsers, admin)
  app.use('/v1', allowBrowsers, api)
  app.use('/v2', allowBrowsers, api)
  app.use(pages)
  return app
}
