import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const openFolder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'stripe-simulator-'))
  return { file: join(path, 'state.json'), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

describe('a snapshot', () => {
  it('restores everything: objects, time, keys of requests, and what comes next', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const params = { customer: payer.id, items: [{ price: pro.id }] }
    const subscription = await open.stripe.subscriptions.create(params, { idempotencyKey: 'once' })
    await open.simulator.clock.advance({ days: 3 })

    await using other = await openSimulator()
    other.simulator.restore(JSON.parse(JSON.stringify(open.simulator.snapshot())))
    expect(other.simulator.clock.now()).toEqual(open.simulator.clock.now())
    expect(await other.stripe.subscriptions.retrieve(subscription.id)).toEqual(
      await open.stripe.subscriptions.retrieve(subscription.id),
    )
    expect((await other.stripe.subscriptions.create(params, { idempotencyKey: 'once' })).id).toBe(subscription.id)
    await Promise.all([open, other].map(({ simulator }) => simulator.clock.advance({ months: 2 })))
    expect(other.simulator.objects('event').map(({ id, type }) => [id, type])).toEqual(
      open.simulator.objects('event').map(({ id, type }) => [id, type]),
    )
  })

  it('is undone by a reset', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    await open.stripe.customers.create({})
    open.simulator.reset()
    expect(open.simulator.counts()).toEqual({ webhook_endpoint: 1 })
  })
})

describe('a data file', () => {
  it('brings everything back, and deliveries that waited go on', async () => {
    await using folder = await openFolder()
    await using receiver = await openReceiver()
    const options = { dataFile: folder.file, webhooks: [{ url: receiver.url }] }
    const first = await openSimulator({ ...options, delivery: { off: true } })
    const customer = await first.stripe.customers.create({ name: 'Ada' })
    await first.simulator.close()
    expect(receiver.received).toEqual([])

    await using second = await openSimulator(options)
    await second.simulator.settled()
    expect(receiver.types()).toEqual(['customer.created'])
    expect(await second.stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Ada' })
    expect((await second.stripe.webhookEndpoints.list()).data).toHaveLength(1)
  })

  it('is whole at any moment', async () => {
    await using folder = await openFolder()
    await using open = await openSimulator({ dataFile: folder.file })
    for (let count = 0; count < 20; count += 1) {
      await open.stripe.products.create({ name: `${count}` })
      const text = await readFile(folder.file, 'utf8').catch(() => '{}')
      expect(() => JSON.parse(text)).not.toThrow()
    }
  })
})

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

interface Started {
  readonly child: ChildProcess
  readonly stripe: Stripe
}

const startCli = async (port: number, args: readonly string[]): Promise<Started> => {
  const cli = new URL('../src/cli.ts', import.meta.url).pathname
  const child = spawn(process.execPath, ['--import', 'tsx', cli, '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk)
    if (output.includes('STRIPE_WEBHOOK_SECRET')) break
  }
  const [, key = ''] = /STRIPE_SECRET_KEY=(\S+)/.exec(output) ?? []
  return { child, stripe: new Stripe(key, { host: '127.0.0.1', port, protocol: 'http' }) }
}

const kill = async ({ child }: Started): Promise<void> => {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('the command', () => {
  it('goes on after kill -9 where it stopped', { timeout: 60_000 }, async () => {
    await using folder = await openFolder()
    await using receiver = await openReceiver()
    receiver.answers.push(...Array.from({ length: 5 }, () => 500))
    const port = await freePort()
    const args = ['--data', folder.file, '--webhook', receiver.url, '--webhook-secret', 'whsec_cli']
    const first = await startCli(port, args)
    const customer = await first.stripe.customers.create({ name: 'Ada' })
    await sleep(300)
    await kill(first)
    receiver.answers.length = 0
    const before = receiver.received.length

    const second = await startCli(port, args)
    expect(await second.stripe.customers.retrieve(customer.id)).toMatchObject({ name: 'Ada' })
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(before)
    const last = receiver.received.at(-1)
    const event = Stripe.webhooks.constructEvent(last?.body ?? '', last?.signature ?? '', 'whsec_cli')
    expect(event.type).toBe('customer.created')
    await kill(second)
  })
})
