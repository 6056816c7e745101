import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { createCatalog, createPayer } from './support/catalog.ts'
import { advanceTo, createClockPayer, isoOf, seconds } from './support/clocks.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'
import { openReceiver, type Receiver } from './support/receiver.ts'

const open = async (receiver: Receiver, options: SimulatorOptions = {}): Promise<OpenSimulator> => {
  const opened = await openSimulator({ webhooks: [{ url: receiver.url }], ...options })
  const { pro } = await createCatalog(opened.stripe)
  const { id: customer } = await createPayer(opened.stripe)
  await opened.stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
  await opened.simulator.settled()
  return opened
}

const renewal = async ({ stripe }: OpenSimulator): Promise<Stripe.Invoice> => {
  const [invoice] = (await stripe.invoices.list()).data
  if (invoice?.billing_reason !== 'subscription_cycle') throw new TypeError('nothing was renewed')
  return invoice
}

/** No 2xx for the next events, as many as a renewal has. */
const refuse = (receiver: Receiver, times = 40): void => {
  receiver.answers.push(...Array.from({ length: times }, () => 500))
}

const renewed = '2026-02-15T12:00:00.000Z'

describe('a renewal’s draft', () => {
  it('waits an hour after its webhooks were answered', async () => {
    await using receiver = await openReceiver()
    await using opened = await open(receiver)
    await opened.simulator.clock.advance({ months: 1 })
    const draft = await renewal(opened)
    expect(isoOf(draft.webhooks_delivered_at)).toBe(renewed)
    expect(isoOf(draft.automatically_finalizes_at)).toBe('2026-02-15T13:00:00.000Z')
    await opened.simulator.clock.advance({ hours: 1 })
    expect((await renewal(opened)).status).toBe('paid')
  })

  it('waits as long for nobody, when nobody listens', async () => {
    await using receiver = await openReceiver()
    await using opened = await open(receiver, { webhooks: [{ url: receiver.url, events: ['invoice.paid'] }] })
    await opened.simulator.clock.advance({ months: 1, hours: 1 })
    const invoice = await renewal(opened)
    expect(invoice.status).toBe('paid')
    expect(isoOf(invoice.webhooks_delivered_at)).toBe(renewed)
  })

  it('waits three days for an answer that does not come', async () => {
    await using receiver = await openReceiver()
    await using opened = await open(receiver, { delivery: { retryDelaysMs: [60_000] } })
    refuse(receiver)
    await opened.simulator.clock.advance({ months: 1, hours: 71 })
    expect(await renewal(opened)).toMatchObject({ status: 'draft', webhooks_delivered_at: null })
    await opened.simulator.clock.advance({ hours: 1 })
    expect(await renewal(opened)).toMatchObject({ status: 'paid', webhooks_delivered_at: null })
  })

  it('has its hour when the answer comes late', async () => {
    await using receiver = await openReceiver()
    await using opened = await open(receiver, { delivery: { retryDelaysMs: [50] } })
    refuse(receiver)
    await opened.simulator.clock.advance({ months: 1, hours: 10 })
    expect((await renewal(opened)).status).toBe('draft')
    receiver.answers.length = 0
    await opened.simulator.settled()
    const draft = await renewal(opened)
    expect(isoOf(draft.webhooks_delivered_at)).toBe('2026-02-15T22:00:00.000Z')
    expect(isoOf(draft.automatically_finalizes_at)).toBe('2026-02-15T23:00:00.000Z')
    await opened.simulator.clock.advance({ minutes: 59 })
    expect((await renewal(opened)).status).toBe('draft')
    await opened.simulator.clock.advance({ minutes: 1 })
    expect((await renewal(opened)).status).toBe('paid')
  })

  it('needs the answer of every endpoint that listens', async () => {
    await using good = await openReceiver()
    await using bad = await openReceiver()
    await using opened = await open(good, {
      webhooks: [{ url: good.url }, { url: bad.url }],
      delivery: { retryDelaysMs: [60_000] },
    })
    refuse(bad)
    await opened.simulator.clock.advance({ months: 1, hours: 3 })
    expect((await renewal(opened)).status).toBe('draft')
  })

  it('waits for no answer where the account is set so', async () => {
    await using receiver = await openReceiver()
    await using opened = await open(receiver, {
      delivery: { retryDelaysMs: [60_000] },
      settings: { webhookPatienceSeconds: 0 },
    })
    refuse(receiver)
    await opened.simulator.clock.advance({ months: 1, hours: 1 })
    expect((await renewal(opened)).status).toBe('paid')
  })

  it('is finalized in each of many months, in the order of events', async () => {
    await using receiver = await openReceiver()
    await using opened = await open(receiver)
    await opened.simulator.clock.advance({ months: 6, hours: 2 })
    await opened.simulator.settled()
    const invoices = (await opened.stripe.invoices.list()).data
    expect(invoices.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 'paid'))
    const renewals = receiver.types().filter((type) => ['invoice.created', 'invoice.finalized'].includes(type))
    expect(renewals).toEqual(Array.from({ length: 7 }, () => ['invoice.created', 'invoice.finalized']).flat())
  })

  it('of a test clock waits by that clock', async () => {
    await using receiver = await openReceiver()
    await using opened = await openSimulator({ webhooks: [{ url: receiver.url }] })
    const { stripe, simulator } = opened
    const { pro } = await createCatalog(stripe)
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds('2024-01-15T12:00:00Z') })
    const { id: customer } = await createClockPayer(stripe, clock.id)
    await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    await simulator.settled()
    await advanceTo(stripe, clock.id, seconds('2024-02-15T12:30:00Z'))
    const draft = await renewal(opened)
    expect(isoOf(draft.webhooks_delivered_at)).toBe('2024-02-15T12:00:00.000Z')
    await advanceTo(stripe, clock.id, seconds('2024-02-15T13:00:00Z'))
    expect((await renewal(opened)).status).toBe('paid')
  })
})
