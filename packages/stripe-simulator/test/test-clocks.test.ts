import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { advanceTo, createClockPayer, isoOf, seconds } from './support/clocks.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const past = seconds('2020-01-31T08:00:00Z')

const subscribe = async (open: OpenSimulator, frozen_time = past, card = 'pm_card_visa') => {
  const { stripe } = open
  const catalog = await createCatalog(stripe)
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time, name: 'A year' })
  const { id: customer } = await createClockPayer(stripe, clock.id, card)
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: catalog.pro.id }] })
  return { ...catalog, clock, customer, subscription }
}

describe('a test clock', () => {
  it('stands still, and is named and kept for a while', async () => {
    await using open = await openSimulator()
    const clock = await open.stripe.testHelpers.testClocks.create({ frozen_time: past, name: 'A year' })
    expect(clock).toMatchObject({ frozen_time: past, name: 'A year', status: 'ready', status_details: {} })
    expect(clock.deletes_after).toBeGreaterThan(clock.created)
    await open.simulator.clock.advance({ days: 3 })
    const same = await open.stripe.testHelpers.testClocks.retrieve(clock.id)
    expect(same.frozen_time).toBe(past)
    expect((await open.stripe.testHelpers.testClocks.list()).data).toEqual([same])
  })

  it('is the time of its customer and of all that is made for them, in events too', async () => {
    await using open = await openSimulator()
    const { clock, customer, subscription } = await subscribe(open)
    const found = await open.stripe.customers.retrieve(customer)
    expect(found).toMatchObject({ created: past, test_clock: clock.id })
    const [item] = subscription.items.data
    expect(subscription).toMatchObject({ created: past, start_date: past, test_clock: clock.id })
    expect(isoOf(item?.current_period_end)).toBe('2020-02-29T08:00:00.000Z')
    const invoice = await open.stripe.invoices.retrieve(String(subscription.latest_invoice))
    expect(invoice).toMatchObject({ created: past, test_clock: clock.id, status: 'paid' })
    const [event] = (await open.stripe.events.list({ type: 'customer.subscription.created' })).data
    expect(event?.created).toBe(past)
  })

  it('does not move with the account’s time, nor the account with it', async () => {
    await using open = await openSimulator()
    const { clock, subscription } = await subscribe(open)
    const before = open.simulator.clock.now()
    await open.simulator.clock.advance({ days: 6 })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).items.data).toEqual(subscription.items.data)
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    const account = open.simulator.clock.now()
    expect(account).not.toEqual(before)
    await advanceTo(open.stripe, clock.id, seconds('2020-03-01T08:00:00Z'))
    expect(open.simulator.clock.now()).toEqual(account)
  })

  it('moves asynchronously: everything due happens in order, each thing at its own time', async () => {
    await using open = await openSimulator()
    const { clock, subscription } = await subscribe(open)
    const target = seconds('2020-03-31T07:00:00Z')
    const moving = await open.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: target })
    expect(moving).toMatchObject({
      frozen_time: past,
      status: 'advancing',
      status_details: { advancing: { target_frozen_time: target } },
    })
    const arrived = await open.stripe.testHelpers.testClocks.retrieve(clock.id)
    expect(arrived).toMatchObject({ status: 'ready', frozen_time: target, status_details: {} })
    const invoices = (await open.stripe.invoices.list({ subscription: subscription.id })).data
    expect(invoices.map(({ created, status }) => [isoOf(created), status])).toEqual([
      ['2020-02-29T08:00:00.000Z', 'paid'],
      ['2020-01-31T08:00:00.000Z', 'paid'],
    ])
    const types = (await open.stripe.events.list({ type: 'test_helpers.test_clock.*' })).data.map(({ type }) => type)
    expect(types.map((type) => type.split('.').at(-1))).toEqual(['ready', 'advancing', 'created'])
  })

  it('moves forward only, two intervals at once, or two years without a subscription', async () => {
    await using open = await openSimulator()
    const { clock } = await subscribe(open)
    const advance = (id: string, iso: string) =>
      failure(open.stripe.testHelpers.testClocks.advance(id, { frozen_time: seconds(iso) }))
    expect((await advance(clock.id, '2020-01-31T08:00:00Z')).param).toBe('frozen_time')
    expect((await advance(clock.id, '2019-12-31T08:00:00Z')).param).toBe('frozen_time')
    expect((await advance(clock.id, '2020-03-31T08:00:01Z')).param).toBe('frozen_time')
    expect((await advanceTo(open.stripe, clock.id, seconds('2020-03-31T08:00:00Z'))).status).toBe('ready')
    const empty = await open.stripe.testHelpers.testClocks.create({ frozen_time: past })
    expect((await advance(empty.id, '2022-01-31T08:00:01Z')).param).toBe('frozen_time')
    expect((await advanceTo(open.stripe, empty.id, seconds('2022-01-31T08:00:00Z'))).status).toBe('ready')
  })

  it('that moves refuses changes to what lives by it', async () => {
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let renewing = false
    const hold = async (type: string): Promise<void> => (renewing && type === 'invoice.created' ? held : undefined)
    await using receiver = await openReceiver(0, hold)
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    const { clock, subscription } = await subscribe(open)
    await open.simulator.settled()
    renewing = true
    await open.stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds('2020-03-01T08:00:00Z') })
    expect(await open.stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({ status: 'advancing' })
    const update = () => open.stripe.subscriptions.update(subscription.id, { description: 'Later' })
    expect(await failure(update())).toMatchObject({ statusCode: 429, message: expect.stringContaining(clock.id) })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).description).toBeNull()
    release()
    await open.simulator.settled()
    expect(receiver.types().at(-1)).toBe('test_helpers.test_clock.ready')
    expect((await update()).description).toBe('Later')
  })

  it('has three customers at most, each with three subscriptions', async () => {
    await using open = await openSimulator()
    const { clock, customer, pro } = await subscribe(open)
    const items = [{ price: pro.id }]
    await open.stripe.subscriptions.create({ customer, items })
    await open.stripe.subscriptions.create({ customer, items })
    expect((await failure(open.stripe.subscriptions.create({ customer, items }))).param).toBe('customer')
    await open.stripe.customers.create({ test_clock: clock.id })
    await open.stripe.customers.create({ test_clock: clock.id })
    expect((await failure(open.stripe.customers.create({ test_clock: clock.id }))).param).toBe('test_clock')
    expect((await failure(open.stripe.customers.create({ test_clock: 'clock_none' }))).code).toBe('resource_missing')
  })

  it('takes an existing customer with it, from their present on', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { pro } = await createCatalog(stripe)
    const { id: customer } = await createPayer(stripe)
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    const now = Math.floor(simulator.clock.now().getTime() / 1000)
    const early = stripe.testHelpers.testClocks.create({ frozen_time: now - 1, customer })
    expect((await failure(early)).param).toBe('frozen_time')
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: now, customer })
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ test_clock: clock.id })
    const again = stripe.testHelpers.testClocks.create({ frozen_time: now, customer })
    expect((await failure(again)).param).toBe('customer')
    await simulator.clock.advance({ days: 6 })
    expect((await stripe.invoices.list({ customer })).data).toHaveLength(1)
    await advanceTo(stripe, clock.id, now + 32 * 86_400)
    expect((await stripe.invoices.list({ customer })).data).toHaveLength(2)
  })

  it('deleted takes its customers with it, and ends what they subscribed to', async () => {
    await using open = await openSimulator()
    const { clock, customer, subscription } = await subscribe(open)
    expect(await open.stripe.testHelpers.testClocks.del(clock.id)).toMatchObject({ id: clock.id, deleted: true })
    expect(await open.stripe.customers.retrieve(customer)).toMatchObject({ deleted: true })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
    expect((await failure(open.stripe.testHelpers.testClocks.retrieve(clock.id))).statusCode).toBe(404)
    const types = (await open.stripe.events.list({ limit: 3 })).data.map(({ type }) => type)
    expect(types).toEqual(['test_helpers.test_clock.deleted', 'customer.deleted', 'customer.subscription.deleted'])
  })

  it('is deleted by itself when its days are over', async () => {
    await using open = await openSimulator()
    const { clock, customer } = await subscribe(open)
    await open.simulator.clock.advance({ to: clock.deletes_after })
    expect((await open.stripe.testHelpers.testClocks.list()).data).toEqual([])
    expect(await open.stripe.customers.retrieve(customer)).toMatchObject({ deleted: true })
  })
})

describe('lists', () => {
  it('leave out what lives by a test clock, unless they ask for it', async () => {
    await using open = await openSimulator()
    const { clock, customer, subscription } = await subscribe(open)
    const other = await createPayer(open.stripe)
    const ids = ({ data }: { data: { id: string }[] }): string[] => data.map(({ id }) => id)
    expect(ids(await open.stripe.customers.list())).toEqual([other.id])
    expect(ids(await open.stripe.customers.list({ test_clock: clock.id }))).toEqual([customer])
    expect(ids(await open.stripe.subscriptions.list())).toEqual([])
    expect(ids(await open.stripe.subscriptions.list({ customer }))).toEqual([subscription.id])
    expect(ids(await open.stripe.subscriptions.list({ test_clock: clock.id }))).toEqual([subscription.id])
  })
})

describe('Checkout of a customer with a test clock', () => {
  it('begins and expires by that clock', async () => {
    await using open = await openSimulator()
    const { clock, customer, basic } = await subscribe(open)
    const line_items = [{ price: basic.id, quantity: 1 }]
    const create = () =>
      open.stripe.checkout.sessions.create({
        mode: 'subscription',
        customer,
        line_items,
        success_url: 'https://a.test',
      })
    const session = await create()
    expect(session).toMatchObject({ created: past, expires_at: past + 86_400 })
    open.simulator.core.payCheckoutSession(session.id, { card: visa })
    const { subscription } = await open.stripe.checkout.sessions.retrieve(session.id)
    expect(await open.stripe.subscriptions.retrieve(String(subscription))).toMatchObject({ start_date: past })
    const left = await create()
    await open.simulator.clock.advance({ days: 2 })
    expect((await open.stripe.checkout.sessions.retrieve(left.id)).status).toBe('open')
    await advanceTo(open.stripe, clock.id, past + 86_400)
    expect((await open.stripe.checkout.sessions.retrieve(left.id)).status).toBe('expired')
  })
})

describe('an unpaid renewal of a test clock', () => {
  it('is tried again and given up by that clock', async () => {
    await using open = await openSimulator()
    const { clock, customer, subscription } = await subscribe(open)
    const { id } = await open.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
    await open.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } })
    await advanceTo(open.stripe, clock.id, seconds('2020-02-29T10:00:00Z'))
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due')
    await open.simulator.clock.advance({ days: 6 })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due')
    await advanceTo(open.stripe, clock.id, seconds('2020-03-08T10:00:00Z'))
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
  })
})
