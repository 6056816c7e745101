import { afterAll, beforeAll, expect, test } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { ended } from '../fixtures/ended.ts'
import { openWorld, type World } from '../journeys/world.ts'
import { openHostFile } from './host-file.ts'

let world: World
let host: Awaited<ReturnType<typeof openHostFile>>
let store: BillingStore

beforeAll(async () => {
  world = await openWorld({ webhooks: 'off' })
  host = await openHostFile(world)
  store = mongoStore({ connection: world.database })
})

afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const giveUpEffect = async (key: string) => {
  const now = new Date()
  await store.effects.claim(ended(key), { owner: 'a', now, until: now })
  await store.effects.fail(key, 'a', { error: 'Error: nobody listens', now, retryAt: null })
}

const giveUpMessage = async (key: string) => {
  const now = new Date()
  const recipient = { email: 'alice@example.com', name: null, locale: 'en' }
  await store.notifications.claim(
    { key, kind: 'subscription_canceled', effect: ended('e'), recipient },
    { owner: 'a', now, until: now },
  )
  await store.notifications.fail(key, 'a', { error: 'Error: no such mailbox', now, retryAt: null })
}

test('an operator sees that everything went out', async () => {
  const text = 'Everything has reached those whom it is for.\n'
  expect(await host.run('outbox', 'list')).toEqual({ code: 0, err: '', out: text })
  expect(await host.run('outbox', 'retry', '--failed')).toMatchObject({ code: 0, out: 'There is nothing to retry.\n' })
})

test('an operator sees what was given up, and has one told, and all', async () => {
  for (const key of ['effect_1', 'effect_2']) await giveUpEffect(key)
  await giveUpMessage('message_1')

  const { code, out, err } = await host.run('outbox', 'list')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^dead {2}effect +effect_1 +subscription\.ended +Error: nobody listens$/m)
  expect(out).toMatch(/^dead {2}notification +message_1 +subscription_canceled +Error: no such mailbox$/m)
  expect((await host.run('outbox', 'list', '--limit', '1')).out).toContain('There are more')

  const one = { code: 0, err: '', out: 'effect_1  subscription.ended  sent\n' }
  expect(await host.run('outbox', 'retry', 'effect_1')).toEqual(one)

  const all = await host.run('outbox', 'retry', '--failed')
  expect(all.code).toBe(1)
  expect(all.out).toMatch(/^effect_2 {2}subscription\.ended {2}sent$/m)
  expect(all.out).toMatch(/^message_1 {2}subscription_canceled {2}failed {2}.*notifications\.notifier.*$/m)
  expect(all.out).toMatch(/2 were retried; 1 failed\.\n$/)
})

test.each<[number, string, ...string[]]>([
  [2, 'Say which', 'outbox', 'retry'],
  [2, 'Say which', 'outbox', 'retry', 'effect_1', '--failed'],
  [2, '--limit must be a whole number from 1 to 100', 'outbox', 'list', '--limit', '0'],
  [2, 'outbox list knows no --failed', 'outbox', 'list', '--failed'],
  [1, 'There is no effect and no message nothing', 'outbox', 'retry', 'nothing'],
])('with exit code %i it says "%s"', async (code, words, ...args) => {
  const said = await host.run(...args)
  expect(said).toMatchObject({ code, out: '' })
  expect(said.err).toContain(words)
})
