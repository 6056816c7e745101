import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator, stripeFor } from './support/open-simulator.ts'

type Features = Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features
type Saved = { readonly data: readonly { readonly id: string; readonly allow_redisplay: string }[] }

const openBrowser = async () => {
  const open = await openSimulator()
  const { stripe, simulator } = open
  const { id: customer } = await stripe.customers.create({ name: 'Ada' })
  const save = async (allow_redisplay: 'always' | 'limited' | 'unspecified') => {
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer })
    return (await stripe.paymentMethods.update(id, { allow_redisplay })).id
  }
  const session = (features?: Features) =>
    stripe.customerSessions.create({
      customer,
      components: { payment_element: { enabled: true, ...(features ? { features } : {}) } },
    })
  const browser = stripeFor(simulator, { key: simulator.keys.publishableKey })
  const saved = async (secret: string) => {
    const path = `/v1/elements/payment_methods?client_secret=${secret}`
    return ((await browser.rawRequest('GET', path)) as unknown as Saved).data.map(({ id }) => id)
  }
  const remove = (secret: string, id: string) =>
    browser.rawRequest('POST', `/v1/elements/payment_methods/${id}/detach`, { client_secret: secret })
  return { ...open, customer, save, session, browser, saved, remove }
}

const shows = { payment_method_redisplay: 'enabled' as const }

describe('a customer session', () => {
  it('has a secret, an end in half an hour, and what each component may do', async () => {
    await using open = await openBrowser()
    const session = await open.session()
    expect(session.client_secret).toMatch(/^cuss_secret_\w{24,}$/)
    expect(session.expires_at - session.created).toBe(1800)
    expect(session).not.toHaveProperty('id')
    expect(session.components?.payment_element).toEqual({
      enabled: true,
      features: {
        payment_method_allow_redisplay_filters: ['always'],
        payment_method_redisplay: 'disabled',
        payment_method_redisplay_limit: 3,
        payment_method_remove: 'disabled',
        payment_method_save: 'disabled',
        payment_method_save_usage: null,
      },
    })
    expect(session.components?.pricing_table).toEqual({ enabled: false })
    expect(session.components?.customer_sheet).toEqual({ enabled: false, features: null })
  })

  it('needs a customer, and one component at least', async () => {
    await using open = await openBrowser()
    const { customerSessions: sessions } = open.stripe
    const components = { pricing_table: { enabled: true } }
    expect(await failure(sessions.create({ components }))).toMatchObject({ param: 'customer' })
    expect(await failure(sessions.create({ components, customer: 'cus_no' }))).toMatchObject({ statusCode: 400 })
    const none = { customer: open.customer, components: { buy_button: { enabled: false } } }
    expect(await failure(sessions.create(none))).toMatchObject({ param: 'components' })
    expect(await failure(open.session({ payment_method_redisplay_limit: 11 }))).toMatchObject({ statusCode: 400 })
  })

  it('lets a browser see the saved methods that may be shown again, newest first', async () => {
    await using open = await openBrowser()
    const first = await open.save('always')
    const limited = await open.save('limited')
    await open.save('unspecified')
    const last = await open.save('always')
    const { client_secret } = await open.session(shows)
    expect(await open.saved(client_secret)).toEqual([last, first])
    const filters = { payment_method_allow_redisplay_filters: ['always' as const, 'limited' as const] }
    const more = await open.session({ ...shows, ...filters, payment_method_redisplay_limit: 2 })
    expect(await open.saved(more.client_secret)).toEqual([last, limited])
  })

  it('shows none unless it was made for that, and none once it is over', async () => {
    await using open = await openBrowser()
    await open.save('always')
    expect(await open.saved((await open.session()).client_secret)).toEqual([])
    const { client_secret } = await open.session(shows)
    await open.simulator.clock.advance({ minutes: 31 })
    expect(await failure(open.saved(client_secret))).toMatchObject({ statusCode: 400, param: 'client_secret' })
    expect(await failure(open.saved('cuss_secret_no'))).toMatchObject({ statusCode: 400, code: 'resource_missing' })
  })

  it('lets a customer remove a method only where it says so', async () => {
    await using open = await openBrowser()
    const id = await open.save('always')
    const shown = await open.session(shows)
    expect(await failure(open.remove(shown.client_secret, id))).toMatchObject({ statusCode: 400 })
    const removable = await open.session({ ...shows, payment_method_remove: 'enabled' })
    const other = await open.stripe.customers.create({})
    const foreign = await open.stripe.paymentMethods.attach('pm_card_visa', { customer: other.id })
    expect(await failure(open.remove(removable.client_secret, foreign.id))).toMatchObject({ statusCode: 404 })
    await open.remove(removable.client_secret, id)
    expect(await open.saved(removable.client_secret)).toEqual([])
    expect((await open.stripe.paymentMethods.retrieve(id)).customer).toBeNull()
  })

  it('cannot be made by a browser', async () => {
    await using open = await openBrowser()
    const components = { buy_button: { enabled: true } }
    expect(await failure(open.browser.customerSessions.create({ customer: open.customer, components }))).toMatchObject({
      code: 'secret_key_required',
    })
  })
})
