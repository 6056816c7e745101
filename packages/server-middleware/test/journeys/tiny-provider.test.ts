import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Request } from 'express'
import { describe, expect, it } from 'vitest'
import { createBilling } from '../../src/create-billing.ts'
import type { Fact } from '../../src/domain/event.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { Logger } from '../../src/ports/logger.ts'
import { tinyProvider } from '../tiny-provider.ts'
import { Actor } from './actor.ts'
import { catalog } from './catalog.ts'

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

const identify = (request: Request) => {
  const name = request.get('x-user')
  return name ? { accountId: name, email: `${name}@example.com` } : null
}

/** A host whose payments are taken by the provider of docs/how-to/add-a-payment-provider.md. */
const openHost = async () => {
  const app = express()
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = tinyProvider()
  const options = { provider, store: memoryStore(), catalog, identify, logger: silent }
  const billing = createBilling({ ...options, trustedOrigins: [url] })
  app.use('/billing', billing.router)
  const receive = (address: string, id: string, fact: Fact | null) => {
    const { body, headers } = provider.announces(id, fact)
    return fetch(`${url}/billing${address}`, { method: 'POST', body, headers })
  }
  return {
    provider,
    receive,
    alice: new Actor(`${url}/billing`, { 'x-user': 'alice' }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await billing.close()
    },
  }
}

describe('a second payment provider', () => {
  it('sells a pack: its webhook, however often it comes, grants the credits once', async () => {
    await using host = await openHost()
    const { paymentId } = await host.alice.startsPurchase()
    const fact: Fact = { type: 'payment.changed', providerPaymentId: paymentId }
    host.provider.pays(paymentId)

    const first = await host.receive('/webhook/tiny', 'event1', fact)
    const again = await host.receive('/webhook/tiny', 'event1', fact)
    await host.receive('/webhook/tiny', 'event2', fact)

    expect([first.status, again.status]).toEqual([200, 200])
    expect(await host.alice.credits()).toMatchObject({ free: 3, paid: 20 })
  })

  it('sells a plan on its own page', async () => {
    await using host = await openHost()
    const { body } = await host.alice.startsCheckout('growth', 'year')
    expect(body.url).toMatch(/^https:\/\/tiny\.example\/checkout\//)
    host.provider.completes(body.sessionId)

    const fact: Fact = { type: 'checkout.changed', providerSessionId: body.sessionId }
    await host.receive('/webhook/tiny', 'event1', fact)

    const { plan, subscription } = await host.alice.status()
    expect(plan.id).toBe('growth')
    expect(subscription).toMatchObject({ status: 'active', interval: 'year', planId: 'growth' })
  })

  it('is the one whose webhooks come without a name in their address', async () => {
    await using host = await openHost()
    expect((await host.receive('/webhook', 'event1', null)).status).toBe(200)
  })

  it('does not take the webhooks of a provider that is not set up', async () => {
    await using host = await openHost()
    const refused = await host.receive('/webhook/stripe', 'event1', null)
    expect(await refused.json()).toMatchObject({ code: 'unknown_provider' })
  })
})
