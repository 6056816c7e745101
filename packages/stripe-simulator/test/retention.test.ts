import { expect, it } from 'vitest'
import { openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const retain = 5

it('only the latest events are remembered', async () => {
  await using open = await openSimulator({ retain })
  const { id } = await open.stripe.customers.create({})
  for (let n = 1; n <= 8; n += 1) await open.stripe.customers.update(id, { metadata: { n } })
  const events = await open.stripe.events.list({ limit: 100 })
  const told = events.data.map(({ data }) => ('metadata' in data.object ? data.object.metadata?.n : undefined))
  expect(told).toEqual(['8', '7', '6', '5', '4'])
})

it('only the latest idempotent answers are remembered', async () => {
  await using open = await openSimulator({ retain })
  const create = (idempotencyKey: string) => open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey })
  const first = await create('first')
  for (const key of ['a', 'b', 'c', 'd']) await create(key)
  expect((await create('first')).id).toBe(first.id)
  await create('e')
  expect((await create('first')).id).not.toBe(first.id)
})

it('only the latest deliveries are remembered, and those that wait all are', async () => {
  await using receiver = await openReceiver()
  await using open = await openSimulator({ retain, webhooks: [{ url: receiver.url }] })
  for (let n = 1; n <= 8; n += 1) await open.stripe.customers.create({})
  await open.simulator.settled()
  expect(receiver.received).toHaveLength(8)
  expect(open.simulator.webhooks.log()).toHaveLength(retain)
  open.simulator.webhooks.pause()
  for (let n = 1; n <= 3; n += 1) await open.stripe.customers.create({})
  expect(open.simulator.webhooks.pending()).toBe(3)
  expect(open.simulator.webhooks.log()).toHaveLength(retain + 3)
})

it('an event that waits is delivered, though it is no longer listed', async () => {
  await using receiver = await openReceiver()
  await using open = await openSimulator({ retain, webhooks: [{ url: receiver.url }], delivery: { off: true } })
  for (let n = 1; n <= 8; n += 1) await open.stripe.customers.create({})
  expect((await open.stripe.events.list()).data).toHaveLength(retain)
  open.simulator.webhooks.resume()
  await open.simulator.settled()
  expect(receiver.received).toHaveLength(8)
})

it('an object is never forgotten', async () => {
  await using open = await openSimulator({ retain })
  for (let n = 1; n <= 8; n += 1) await open.stripe.customers.create({})
  expect((await open.stripe.customers.list({ limit: 100 })).data).toHaveLength(8)
})
