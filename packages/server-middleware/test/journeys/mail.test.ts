import nodemailer from 'nodemailer'
import Stripe from 'stripe'
import { describe, expect, test, vi } from 'vitest'
import { mailNotifier } from '../../src/mail/mail-notifier.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { buys, refunds } from './money-back.ts'
import { openWorld, type World } from './world.ts'

const openHost = ({ port }: PostOffice) =>
  openWorld({
    credits: { lowAt: 22 },
    notifications: {
      notifier: mailNotifier({
        transport: nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true }),
        from: 'Acme <billing@acme.example>',
      }),
      recipients: (accountId) => [
        { email: `owner-of-${accountId}@example.com`, name: 'Ada', locale: 'en-GB' },
        { email: 'buchhaltung@example.com', locale: 'de-DE' },
      ],
      operators: ['ops@acme.example'],
    },
  })

const owner = 'owner-of-account-alice@example.com'

/** To whom, about what: mail that comes twice is one mail. */
const arrived = ({ letters }: PostOffice) =>
  [
    ...new Map(
      letters.map(({ to, headers }) => [headers.get('message-id'), `${to}: ${headers.get('subject')}`]),
    ).values(),
  ].toSorted()

const arrives = (office: PostOffice, expected: readonly string[]) =>
  vi.waitFor(() => expect(arrived(office)).toEqual(expected.toSorted()), { timeout: 10_000, interval: 20 })

/** Stripe tells of an invoice in a shape that nobody here has ever seen. */
const tellsOfTheUnknown = async ({ url, stripe }: World) => {
  const payload = JSON.stringify({
    id: 'evt_unknown',
    object: 'event',
    type: 'invoice.paid',
    api_version: '2031-01-01.future',
    created: Math.floor(Date.now() / 1_000),
    livemode: false,
    data: { object: { id: 'in_unknown', object: 'invoice', belongs_to: 'sub_1' } },
  })
  const { webhookSecret } = stripe.keys
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
  return fetch(`${url}/billing/webhook`, { method: 'POST', headers, body: payload })
}

describe('mail', () => {
  test('brings a receipt to each owner of an account that has bought, once and in their language', async () => {
    await using office = await openPostOffice()
    await using world = await openHost(office)
    await buys(world)
    await arrives(office, [
      `${owner}: Your receipt from Acme: US$5.00`,
      'buchhaltung@example.com: Ihre Quittung von Acme: 5,00 $',
    ])
    expect(office.letters.length).toBe(2)
  })

  test('tells owners of a refund, and of few credits left', async () => {
    await using office = await openPostOffice()
    await using world = await openHost(office)
    const bought = await buys(world)
    await bought.alice.ask()
    await bought.alice.ask()
    await refunds(bought, 250)
    await vi.waitFor(() => expect(arrived(office)).toHaveLength(6), { timeout: 10_000, interval: 20 })
    expect(arrived(office)).toContain(`${owner}: Acme refunded US$2.50`)
    expect(arrived(office)).toContain(`${owner}: 21 uses left at Acme`)
    expect(world.effects).toContainEqual(
      expect.objectContaining({ type: 'purchase.refunded', amountMinor: 250, currency: 'usd', credits: 10 }),
    )
  })

  test('tells the operators of an event that cannot be read, and Stripe that it arrived', async () => {
    await using office = await openPostOffice()
    await using world = await openHost(office)
    expect((await tellsOfTheUnknown(world)).status).toBe(200)
    await arrives(office, ['ops@acme.example: Acme: an event was given up (invoice.paid)'])
    expect(world.effects).toMatchObject([{ type: 'event.dead', accountId: null, eventId: 'evt_unknown' }])
  })

  test('that one owner cannot get reaches the other at once, and that one by the worker', async () => {
    await using office = await openPostOffice()
    await using world = await openHost(office)
    office.refused.add(owner)
    await buys(world)
    await arrives(office, ['buchhaltung@example.com: Ihre Quittung von Acme: 5,00 $'])
    office.refused.clear()
    const rows = world.database.collection('billing_notifications')
    await vi.waitFor(async () => expect(await rows.countDocuments({ state: 'failed' })).toBe(1))
    await rows.updateOne({ state: 'failed' }, { $set: { dueAt: new Date() } })
    world.billing.worker.start()
    await vi.waitFor(() => expect(arrived(office)).toHaveLength(2), { timeout: 10_000, interval: 20 })
    await world.billing.worker.stop()
  })
})

test('a hook that throws fails no webhook, and hears of the purchase from the worker', async () => {
  await using world = await openWorld()
  let isDown = true
  const heard: string[] = []
  world.billing.on('purchase.succeeded', ({ key }) => {
    if (isDown) throw new Error('the mailing list is down')
    heard.push(key)
  })
  const { alice } = await buys(world)
  expect(await alice.credits()).toMatchObject({ available: 23 })
  expect(world.logs).toContainEqual(expect.objectContaining({ level: 'warn', event: 'effect_failed' }))
  expect(await world.database.collection('billing_provider_events').countDocuments({ state: 'failed' })).toBe(0)

  isDown = false
  await world.database.collection('billing_effects').updateOne({ state: 'failed' }, { $set: { dueAt: new Date() } })
  world.billing.worker.start()
  await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 10_000, interval: 20 })
  await world.billing.worker.stop()
})
