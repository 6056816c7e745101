import { afterAll, beforeAll, expect, test } from 'vitest'
import { payInCheckout, payInPage } from '../journeys/stripe-page.ts'
import { openWorld, type World } from '../journeys/world.ts'
import { openHostFile } from './host-file.ts'

let world: World
let host: Awaited<ReturnType<typeof openHostFile>>

/** Alice has bought a plan and a pack, and no webhook has come. */
beforeAll(async () => {
  world = await openWorld({ webhooks: 'off' })
  host = await openHostFile(world)
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  await payInPage(world.stripe, await alice.startsPurchase(), 'works')
})

afterAll(async () => {
  await host[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

test('an operator sees what differs, line by line, with exit code 1, and changes nothing', async () => {
  const { code, out, err } = await host.run('reconcile', '--dry-run')
  expect({ code, err }).toEqual({ code: 1, err: '' })
  expect(out).toMatch(/^event {2}evt_\w+ {2}customer\.subscription\.created never came$/m)
  expect(out).toMatch(/^checkout {2}cs_\w+ {2}status: we hold open, the provider says complete$/m)
  expect(out).toMatch(/^purchase {2}pi_\w+ {2}status: we hold requires_payment_method, the provider says succeeded$/m)
  expect(out).toMatch(/^subscription {2}sub_\w+ {2}we have none$/m)
  expect(out).toMatch(/\d+ events, 1 subscriptions, .* looked at: \d+ differences; nothing was changed\.\n$/)
  expect((await world.signIn('alice').status()).plan.id).toBe('free')
})

test('an operator brings one account in line', async () => {
  expect(await host.run('sync', 'account-alice')).toEqual({
    code: 0,
    err: '',
    out:
      'account-alice is now as the provider says: 1 subscriptions, 1 unsettled checkouts and 1 unsettled purchases ' +
      'were looked at.\n',
  })
  const { plan, credits } = await world.signIn('alice').status()
  expect([plan.id, credits.available]).toEqual(['growth', 23])
  expect(await host.run('sync', 'nobody')).toMatchObject({ code: 1, err: 'There is no account nobody.\n' })
})

test('an operator takes in what never came, once', async () => {
  const first = await host.run('reconcile')
  expect(first).toMatchObject({ code: 0, err: '' })
  expect(first.out).toMatch(/^event {2}evt_\w+ {2}invoice\.paid never came {2}taken in$/m)
  const again = await host.run('reconcile')
  expect(again).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+ events, 1 subscriptions,.*nothing differs\.\n$/),
  })
  expect(await host.run('reconcile', '--dry-run', '--since', '2020-01-01')).toMatchObject({ code: 0 })
})

test('an operator replays an event, and all that failed', async () => {
  const events = world.database.collection<{ _id: string; type: string }>('billing_provider_events')
  const paid = await events.findOne({ type: 'invoice.paid' })
  const id = paid?._id ?? ''
  expect(await host.run('replay', id)).toMatchObject({ code: 0, out: `${id}  invoice.paid  done\n` })
  expect(await host.run('replay', '--failed')).toMatchObject({ code: 0, out: 'There is nothing to replay.\n' })

  await events.updateOne({ _id: id }, { $set: { state: 'dead', error: 'It failed.' } })
  const others = await events.findOne({ type: 'payment_intent.succeeded' })
  await events.updateOne({ _id: others?._id ?? '' }, { $set: { state: 'dead', payload: '{}' } })
  const { code, out } = await host.run('replay', '--failed')
  expect(code).toBe(1)
  expect(out).toMatch(new RegExp(`^${id} {2}invoice.paid {2}done$`, 'm'))
  expect(out).toMatch(new RegExp(`^${others?._id} {2}payment_intent.succeeded {2}dead {2}BillingError: .*$`, 'm'))
  expect(out).toMatch(/2 events were replayed; 1 failed\.\n$/)
  expect(await host.run('reconcile')).toMatchObject({
    code: 1,
    out: expect.stringContaining('1 events could not be applied: see `paywright replay --failed`'),
  })
  expect(await host.run('replay', '--since', '2999-01-01')).toMatchObject({ code: 0 })
})

test.each<[number, string, ...string[]]>([
  [2, 'Say which', 'replay'],
  [2, 'Say which', 'replay', 'evt_1', '--failed'],
  [2, '--since must be a date such as 2027-03-31', 'replay', '--since', 'yesterday'],
  [2, '--since must be a date such as 2027-03-31', 'reconcile', '--since', '31'],
  [2, 'reconcile knows no --failed', 'reconcile', '--failed'],
  [2, 'paywright sync <account>', 'sync'],
  [1, 'There is no event evt_nobody', 'replay', 'evt_nobody'],
])('with exit code %i it says "%s"', async (code, words, ...args) => {
  const said = await host.run(...args)
  expect(said).toMatchObject({ code, out: '' })
  expect(said.err).toContain(words)
})
