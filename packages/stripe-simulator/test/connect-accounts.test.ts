import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { startStripe } from '../src/testing.ts'
import { look, send } from './pages/support/visitor.ts'
import { as, openConnected, paid } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const urls = { refresh_url: 'https://example.com/again', return_url: 'https://example.com/done' }

describe('a connected account', () => {
  it('can do nothing before it is onboarded, and says what is due', async () => {
    await using open = await openSimulator()
    const account = await open.stripe.accounts.create({ type: 'express', email: 'baker@example.com' })
    expect(account).toMatchObject({
      object: 'account',
      type: 'express',
      country: 'US',
      default_currency: 'usd',
      email: 'baker@example.com',
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      capabilities: { card_payments: 'inactive', transfers: 'inactive' },
      controller: { fees: { payer: 'application_express' }, stripe_dashboard: { type: 'express' } },
    })
    expect(account.requirements).toMatchObject({
      currently_due: [
        'business_profile.url',
        'business_type',
        'external_account',
        'tos_acceptance.date',
        'tos_acceptance.ip',
      ],
      disabled_reason: 'requirements.past_due',
    })
    const refused = await failure(open.stripe.paymentIntents.create(paid, as(account.id)))
    expect(refused.message).toContain('missing the required capabilities: card_payments')
  })

  it('asks for less where the platform has told something already', async () => {
    await using open = await openSimulator()
    const told = { business_type: 'company', business_profile: { url: 'https://bakery.example.com' } } as const
    const { id, requirements } = await open.stripe.accounts.create({ type: 'standard', ...told })
    expect(requirements?.currently_due).toEqual(['external_account', 'tos_acceptance.date', 'tos_acceptance.ip'])
    const later = await open.stripe.accounts.update(id, { tos_acceptance: { date: 1_700_000_000, ip: '10.0.0.1' } })
    expect(later.requirements?.currently_due).toEqual(['external_account'])
  })

  it('is enabled by onboarding, restricted by a demand, and tells each time', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.accounts.create({ type: 'express' })
    expect(open.simulator.core.onboardAccount(id)).toMatchObject({
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      capabilities: { card_payments: 'active', transfers: 'active' },
    })
    open.simulator.core.demandOfAccount(id, 'individual.verification.document')
    expect(await open.stripe.accounts.retrieve(id)).toMatchObject({
      charges_enabled: false,
      details_submitted: true,
      requirements: { past_due: ['individual.verification.document'] },
    })
    const events = open.simulator.objects('event', id)
    expect(events.map(({ type, account }) => [type, account])).toEqual([
      ['account.updated', id],
      ['account.updated', id],
    ])
    expect(events[1]?.data.previous_attributes).toMatchObject({ charges_enabled: false, details_submitted: false })
    expect(open.simulator.objects('event').filter(({ type }) => type === 'account.updated')).toEqual([])
  })

  it('has the capabilities that were asked for', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.accounts.create({
      type: 'custom',
      capabilities: { transfers: { requested: true } },
    })
    expect(open.simulator.core.onboardAccount(id)).toMatchObject({
      charges_enabled: false,
      payouts_enabled: true,
      capabilities: { transfers: 'active' },
    })
    const more = await open.stripe.accounts.update(id, { capabilities: { card_payments: { requested: true } } })
    expect(more).toMatchObject({
      charges_enabled: true,
      capabilities: { card_payments: 'active', transfers: 'active' },
    })
  })

  it('is described by its controller, or by its type, not by both', async () => {
    await using open = await openSimulator()
    const controller = { stripe_dashboard: { type: 'none' }, fees: { payer: 'application' } } as const
    expect(await failure(open.stripe.accounts.create({ type: 'express', controller }))).toMatchObject({
      param: 'type',
    })
    expect(await failure(open.stripe.accounts.create({ controller }))).toMatchObject({ param: 'capabilities' })
    const capabilities = { transfers: { requested: true } }
    expect(await open.stripe.accounts.create({ controller, capabilities })).toMatchObject({
      type: 'none',
      controller: { fees: { payer: 'application' }, stripe_dashboard: { type: 'none' }, type: 'application' },
    })
  })

  it('is listed, newest first, and gone when it is deleted', async () => {
    await using open = await openSimulator()
    const ids = [await openConnected(open), await openConnected(open)]
    expect((await open.stripe.accounts.list()).data.map(({ id }) => id)).toEqual([ids[1], ids[0]])
    expect(await open.stripe.accounts.del(ids[0] ?? '')).toEqual({ id: ids[0], object: 'account', deleted: true })
    expect((await open.stripe.accounts.list()).data.map(({ id }) => id)).toEqual([ids[1]])
    const refused = await failure(open.stripe.accounts.retrieve(ids[0] ?? ''))
    expect(refused).toMatchObject({ statusCode: 403, code: 'account_invalid' })
  })

  it('makes no accounts of its own', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    expect((await failure(open.stripe.accounts.create({}, as(id)))).message).toContain('signed up for Connect')
    expect(await open.stripe.accounts.retrieve(id, {}, as(id))).toMatchObject({ id })
  })
})

describe('an account link', () => {
  it('leads to the onboarding once, and back to the platform', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.accounts.create({ type: 'express' })
    const link = await open.stripe.accountLinks.create({ account: id, type: 'account_onboarding', ...urls })
    expect(link.expires_at - link.created).toBe(300)
    expect((await look(link.url)).text).toContain('external_account')
    expect(await look(link.url)).toMatchObject({ status: 303, goesTo: urls.refresh_url })
    expect((await open.stripe.accounts.retrieve(id)).details_submitted).toBe(false)
    expect(await send(link.url, { told: 'yes' })).toMatchObject({ status: 303, goesTo: urls.return_url })
    expect((await open.stripe.accounts.retrieve(id)).charges_enabled).toBe(true)
  })

  it('expires, and may be left as one came', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.accounts.create({ type: 'express' })
    const create = () => open.stripe.accountLinks.create({ account: id, type: 'account_onboarding', ...urls })
    const left = await create()
    expect((await send(left.url, { told: 'no' })).goesTo).toBe(urls.return_url)
    expect((await open.stripe.accounts.retrieve(id)).details_submitted).toBe(false)
    const late = await create()
    await open.simulator.clock.advance({ minutes: 6 })
    expect((await look(late.url)).goesTo).toBe(urls.refresh_url)
  })

  it('for updates is only for accounts whose requirements the platform collects', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.accounts.create({ type: 'express' })
    const refused = await failure(open.stripe.accountLinks.create({ account: id, type: 'account_update', ...urls }))
    expect(refused).toMatchObject({ param: 'type', statusCode: 400 })
  })
})

describe('in a test', () => {
  it('an account is onboarded, restricted and disconnected, and has customers of its own', async () => {
    await using receiver = await openReceiver()
    await using stripe = await startStripe({ webhooks: [{ url: receiver.url, connect: true }] })
    const { host, port, secretKey } = stripe.address
    const client = new Stripe(secretKey, { host, port, protocol: 'http' })
    const { id } = await client.accounts.create({ type: 'express' })
    await stripe.account(id).completesOnboarding()
    const product = await client.products.create({ name: 'Bread' }, as(id))
    await client.prices.create({ product: product.id, currency: 'usd', unit_amount: 500, lookup_key: 'bread' }, as(id))
    const { status } = await stripe.account(id).customer('alice').buys('bread')
    expect(status).toBe('succeeded')
    await stripe.account(id).mustProvide()
    await expect(stripe.account(id).customer('alice').buys('bread')).rejects.toThrow(
      'missing the required capabilities',
    )
    await stripe.account(id).disconnects()
    await stripe.settled()
    expect(receiver.types().at(-1)).toBe('account.application.deauthorized')
    expect(JSON.parse(receiver.received.at(-1)?.body ?? '{}')).toMatchObject({
      account: id,
      data: { object: { object: 'application' } },
    })
    expect(await failure(client.customers.list({}, as(id)))).toMatchObject({ code: 'account_invalid' })
  })
})
