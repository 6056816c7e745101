import { gzipSync } from 'node:zlib'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { payInPage } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

let world: World
let before: Readonly<Record<string, number>>

beforeAll(async () => {
  world = await openWorld({ webhooks: 'off' })
  before = await countAll()
})

afterAll(() => world[Symbol.asyncDispose]())

/** How many documents each of our collections has. */
const countAll = async () => {
  const counts: Record<string, number> = {}
  for (const { name } of await world.database.listCollections()) {
    counts[name] = await world.database.collection(name).countDocuments()
  }
  return counts
}

type Signing = { secret?: string; secondsAgo?: number }

const signatureOf = (payload: string, { secret = world.stripe.keys.webhookSecret, secondsAgo = 0 }: Signing = {}) =>
  Stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(Date.now() / 1_000) - secondsAgo,
  })

const post = async (
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  { url }: { url: string } = world,
) => {
  const sent = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
  const response = await fetch(`${url}/billing/webhook`, sent)
  const { code } = (await response.json()) as { code?: string }
  return [response.status, code]
}

const eventOf = (changes: object = {}) =>
  JSON.stringify({
    id: 'evt_hostile',
    object: 'event',
    api_version: Stripe.API_VERSION,
    livemode: false,
    type: 'payment_intent.succeeded',
    data: { object: { id: 'pi_1', object: 'payment_intent' } },
    ...changes,
  })

const sendSigned = (payload: string, signing?: Signing) =>
  post(payload, { 'stripe-signature': signatureOf(payload, signing) })

const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const invalid = [400, 'webhook_signature_invalid']

describe('a webhook is refused, and leaves nothing behind,', () => {
  it.each<[string, () => Promise<unknown>, readonly unknown[]]>([
    ['without a signature', () => post(eventOf(), {}), invalid],
    ['with an empty one', () => post(eventOf(), { 'stripe-signature': '' }), invalid],
    ['with a wrong one', () => post(eventOf(), { 'stripe-signature': 't=1,v1=00' }), invalid],
    ['with one of another scheme', () => post(eventOf(), { 'stripe-signature': 'v0=00' }), invalid],
    ['signed with a foreign secret', () => sendSigned(eventOf(), { secret: 'whsec_foreign' }), invalid],
    ['signed too long ago', () => sendSigned(eventOf(), { secondsAgo: 301 }), invalid],
    [
      'with the signature of another one',
      () => post(eventOf({ id: 'evt_other' }), { 'stripe-signature': signatureOf(eventOf()) }),
      invalid,
    ],
    ['of 10 MB', () => post('x'.repeat(10_000_000), {}), [413, 'payload_too_large']],
    [
      'that unpacks to 10 MB',
      () => post(new Uint8Array(gzipSync('x'.repeat(10_000_000))), { 'content-encoding': 'gzip' }),
      [413, 'payload_too_large'],
    ],
    ['of JSON within JSON, signed', () => sendSigned(deep), invalid],
    ['of no JSON, signed', () => sendSigned('no JSON'), invalid],
  ])('%s', async (_what, send, answer) => {
    expect(await send()).toEqual(answer)
    expect(await countAll()).toEqual(before)
  })
})

describe('a signed webhook is answered 200', () => {
  const stored = (id: string) =>
    world.database.collection<{ _id: string }>('billing_provider_events').findOne({ _id: id })

  it('and not kept, when it is of the other mode', async () => {
    expect(await sendSigned(eventOf({ livemode: true }))).toEqual([200, undefined])
    expect(await countAll()).toEqual(before)
  })

  it('and ignored, when it is of an account that we do not act for', async () => {
    expect(await sendSigned(eventOf({ id: 'evt_connected', account: 'acct_1' }))).toEqual([200, undefined])
    expect(await stored('evt_connected')).toMatchObject({ state: 'ignored' })
  })

  it('and ignored, when it is of a type or a customer that nobody knows', async () => {
    await sendSigned(eventOf({ id: 'evt_unknown', type: 'moon.full' }))
    expect(await stored('evt_unknown')).toMatchObject({ state: 'ignored' })
    await sendSigned(eventOf({ id: 'evt_nobody' }))
    expect(await stored('evt_nobody')).toMatchObject({ state: 'ignored' })
  })

  it('and read, when it is of an API version of the future that still has its ids', async () => {
    await sendSigned(eventOf({ id: 'evt_future', api_version: '2031-01-01.zinnia' }))
    expect(await stored('evt_future')).toMatchObject({ state: 'ignored', apiVersion: '2031-01-01.zinnia' })
  })

  it('and given up for a person to see, when its shape is not known', async () => {
    const object = { object: 'invoice', id: 'in_1', bills: 'sub_1' }
    expect(await sendSigned(eventOf({ id: 'evt_strange', type: 'invoice.paid', data: { object } }))).toEqual([
      200,
      undefined,
    ])
    expect(await stored('evt_strange')).toMatchObject({
      state: 'dead',
      error: expect.stringContaining('not known here'),
    })
    expect(world.logs.find(({ event }) => event === 'event_dead')).toMatchObject({ level: 'error' })
  })

  it('once, whoever sends the same again', async () => {
    const payload = eventOf({ id: 'evt_replayed' })
    await sendSigned(payload)
    const first = await stored('evt_replayed')
    expect(await sendSigned(payload)).toEqual([200, undefined])
    expect(await stored('evt_replayed')).toEqual(first)
  })

  it('and its dangerous names touch nothing', async () => {
    const payload = eventOf({ id: 'evt_polluted' }).replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    )
    expect(await sendSigned(payload)).toEqual([200, undefined])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect({}).not.toHaveProperty('polluted')
    expect(await stored('evt_polluted')).not.toHaveProperty('polluted')
  })
})

describe('a platform with a secret for each kind of endpoint', () => {
  const webhookSecrets = { account: 'whsec_account', connect: ['whsec_connect_new', 'whsec_connect_old'] }
  const isConnected = { account: 'acct_connected' }
  let platform: World

  beforeAll(async () => {
    platform = await openWorld({ webhooks: 'off', stripeOptions: { webhookSecrets } })
  })

  afterAll(() => platform[Symbol.asyncDispose]())

  const send = (payload: string, secret: string) =>
    post(payload, { 'stripe-signature': signatureOf(payload, { secret }) }, platform)
  const stored = (id: string) =>
    platform.database.collection<{ _id: string }>('billing_provider_events').findOne({ _id: id })

  it.each<[string, object, string]>([
    ['of a connected account, signed as one of its own', isConnected, 'whsec_account'],
    ['of its own, signed as one of a connected account', {}, 'whsec_connect_new'],
    ['of a connected account, signed with a foreign secret', isConnected, 'whsec_foreign'],
    ['of an account without a name, signed as one of its own', { account: '' }, 'whsec_account'],
  ])('refuses an event %s, and keeps nothing', async (_what, changes, secret) => {
    expect(await send(eventOf({ id: 'evt_crossed', ...changes }), secret)).toEqual(invalid)
    expect(await stored('evt_crossed')).toBeNull()
  })

  it('takes an event of its own, and no other, to change what it sold', async () => {
    await payInPage(platform.stripe, await platform.signIn('alice').startsPurchase(), 'works')
    const [payment] = platform.stripe.objects('payment_intent')
    const about = (id: string, changes: object = {}) => eventOf({ id, data: { object: payment }, ...changes })
    const granted = () => platform.effects.filter(({ type }) => type === 'purchase.succeeded').length

    expect(await send(about('evt_theirs', isConnected), 'whsec_connect_old')).toEqual([200, undefined])
    expect(await stored('evt_theirs')).toMatchObject({ state: 'ignored', isOfOtherAccount: true })
    expect(granted()).toBe(0)

    expect(await send(about('evt_ours'), 'whsec_account')).toEqual([200, undefined])
    expect(await stored('evt_ours')).toMatchObject({ state: 'done', isOfOtherAccount: false })
    expect(granted()).toBe(1)
  })

  it('tells those of connected accounts from what else it ignores', async () => {
    await send(eventOf({ id: 'evt_counted', type: 'payout.paid', ...isConnected }), 'whsec_connect_new')
    expect(platform.logs).toContainEqual(
      expect.objectContaining({
        event: 'stripe_webhook_received',
        fields: expect.objectContaining({ eventId: 'evt_counted', result: 'other_account' }),
      }),
    )
  })
})
