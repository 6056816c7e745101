import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const within = createRequire(new URL('../../packages/server-middleware/package.json', import.meta.url))

/** A package that the server depends on. */
export const load = (name) => import(pathToFileURL(within.resolve(name)).href)

/** What the bench has told this process. */
export const given = JSON.parse(process.env.GIVEN ?? '{}')

/**
 * Serves webhooks until it is told to stop; then says how often it has asked Stripe.
 * @param {import('node:http').RequestListener} listener
 * @param {{ path: string, close: () => Promise<unknown>, fetches?: () => number }} ends
 */
export const serve = async (listener, { path, close, fetches = () => 0 }) => {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  process.send?.(`http://127.0.0.1:${port}${path}`)
  await once(process, 'message')
  server.closeAllConnections()
  server.close()
  await close()
  process.send?.(fetches())
  process.disconnect()
}
