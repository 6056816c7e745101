import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Account, createAccount } from './create-account.ts'
import { createCore } from './create-core.ts'
import { redeliver } from './delivery/redeliver.ts'
import { render } from './domain/render.ts'
import { rollSecret } from './flows/roll-secret.ts'
import { createAdmin } from './http/admin.ts'
import { createApi } from './http/api.ts'
import { createApp } from './http/app.ts'
import { createRateLimiter } from './http/rate-limit.ts'
import { createRouter } from './http/router.ts'
import { allRoutes } from './http/routes.ts'
import { pages } from './pages/pages.ts'
import type { SimulatorOptions, StripeSimulator } from './simulator.ts'
import type { SimulatorCore } from './simulator-core.ts'
import { readSpec, type SpecDocument } from './spec/document.ts'
import { listOperations } from './spec/operations.ts'
import { createRequestValidator } from './spec/request-validator.ts'
import { createStateFile, type StateFile } from './store/state-file.ts'
import type { Accounts, World } from './world.ts'

const tickMs = 1000

interface Running {
  readonly account: Account
  readonly core: SimulatorCore
  readonly url: string
  readonly port: number
  readonly changed: () => void
  readonly stop: () => Promise<void>
}

const toDate = (seconds: number): Date => new Date(seconds * 1000)

const steering = ({
  account,
  changed,
}: Running): Pick<StripeSimulator, 'clock' | 'declineNext' | 'failNext' | 'reset' | 'restore' | 'rollSecret'> => ({
  clock: {
    now: () => toDate(account.world.now()),
    advance: async (by) => {
      await account.advance(by)
      changed()
      return toDate(account.world.now())
    },
  },
  declineNext: ({ code = 'card_declined', declineCode = 'generic_decline', times = 1 } = {}) => {
    const forced = Array.from({ length: times }, () => ({ code, declineCode }))
    account.world.forcedDeclines.push(...forced)
  },
  failNext: ({ code, times = 1 }) => {
    account.world.forcedFailures.push(...Array.from({ length: times }, () => code))
  },
  restore: (state) => {
    account.restore(state)
    changed()
  },
  rollSecret: (roll = {}) => {
    const rolled = rollSecret(account.world, roll)
    changed()
    return rolled
  },
  reset: () => {
    account.reset()
    changed()
    return true
  },
})

const worldOf = ({ platform, connected }: Accounts, id: string | undefined): World => {
  const found = id === undefined ? platform : connected(id)
  if (!found) throw new RangeError(`No account "${id}" is connected`)
  return found
}

const toSimulator = (running: Running): StripeSimulator => {
  const { account, core, url, port, stop } = running
  const { accounts, courier, world, keys } = account
  const storeOf = (id: string | undefined) => worldOf(accounts, id).store
  return {
    url,
    port,
    keys,
    core,
    ...steering(running),
    webhooks: courier,
    objects: (name, id) => storeOf(id).all(name).reverse().map(render),
    counts: () =>
      Object.fromEntries(Object.entries(world.store.objects()).map(([name, found]) => [name, found.length])),
    redeliver: (eventId, redelivery = {}) => {
      const from = accounts.holding(eventId)
      return redeliver(from, from.need('event', eventId), redelivery)
    },
    settlePayment: core.settlePayment,
    settled: () => courier.settled(),
    snapshot: account.snapshot,
    close: stop,
    [Symbol.asyncDispose]: stop,
  }
}

const listen = async (server: Server, options: SimulatorOptions): Promise<AddressInfo> => {
  server.listen(options.port ?? 0, options.host ?? '127.0.0.1')
  await once(server, 'listening')
  return server.address() as AddressInfo
}

const closeServer = async (server: Server): Promise<void> => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

const createHttp = (account: Account, spec: SpecDocument, changed: () => void) => {
  const { accounts, idempotency, keys, catchUp } = account
  const router = createRouter(listOperations(spec), allRoutes)
  return createApi({
    accounts,
    spec,
    router,
    validate: createRequestValidator(),
    idempotency,
    keys,
    limiter: createRateLimiter(accounts.platform.settings),
    catchUp,
    onChange: () => {
      account.courier.wake()
      changed()
    },
  })
}

const openState = (options: SimulatorOptions, account: Account): StateFile | undefined => {
  const file = options.dataFile === undefined ? undefined : createStateFile(options.dataFile, account.snapshot)
  const saved = file?.read()
  if (saved) account.restore(saved)
  else account.reset()
  return file
}

/**
 * Starts a stateful Stripe on this machine: API, signed webhooks, hosted pages and Stripe.js on one port.
 *
 * @example
 * ```ts
 * await using simulator = await createStripeSimulator({ webhooks: [{ url: 'http://localhost:3000/billing/webhook' }] })
 * const { hostname, port } = new URL(simulator.url)
 * const stripe = new Stripe(simulator.keys.secretKey, { host: hostname, port, protocol: 'http' })
 * ```
 */
export const createStripeSimulator = async (options: SimulatorOptions = {}): Promise<StripeSimulator> => {
  const spec = readSpec()
  const at = { url: '' }
  let file: StateFile | undefined
  const changed = (): void => file?.touch()
  const account = createAccount({ options, spec, url: () => at.url, onChange: changed })
  const { accounts, keys, catchUp } = account
  const core = createCore({ accounts, publishableKey: keys.publishableKey, catchUp, onChange: changed })
  let simulator: StripeSimulator | undefined
  const steered = (): StripeSimulator => {
    if (!simulator) throw new TypeError('The simulator has not started yet')
    return simulator
  }
  const app = createApp({ api: createHttp(account, spec, changed), admin: createAdmin(steered), pages: pages(core) })
  const server = createServer(app)
  const { address, port } = await listen(server, options)
  at.url = `http://${address === '::' || address === '0.0.0.0' ? 'localhost' : address}:${port}`
  file = openState(options, account)
  const ticking = setInterval(catchUp, tickMs).unref()
  const stop = async (): Promise<void> => {
    clearInterval(ticking)
    await Promise.all([closeServer(server), account.courier.close()])
    await file?.flush()
    file = undefined
  }
  simulator = toSimulator({ account, core, url: at.url, port, changed, stop })
  return simulator
}
