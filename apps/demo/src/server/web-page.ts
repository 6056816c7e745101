import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'

const built = fileURLToPath(new URL('../../dist', import.meta.url))

/** The page as Vite built it; every address that isn't a file is the page's own to read. */
export const webPage = (): Router => {
  const router = express.Router()
  const page = tellWhereItRuns(readFileSync(`${built}/index.html`, 'utf8'))
  router.use(express.static(built, { index: false }))
  router.get('/{*path}', (_req, res) => void res.type('html').send(page))
  return router
}

const tellWhereItRuns = (page: string): string =>
  page.replace('<!-- where it runs -->', `${simulatedStripeJs()}${storeThatForgets()}`)

/** Stripe's loader takes a `window.Stripe` that is there already: nothing in the page knows whose it is. */
const simulatedStripeJs = (url = process.env.STRIPE_JS_URL): string =>
  url ? `<script id="simulated-stripe-js" src="${url}"></script>` : ''

const storeThatForgets = (): string =>
  process.env.PAYWRIGHT_STORE === 'memory' ? '<meta name="store" content="memory" />' : ''
