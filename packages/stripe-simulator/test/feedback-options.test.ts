import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const openShop = async () => {
  const open = await openSimulator()
  const { stripe } = open
  const { basic } = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const option = await stripe.billing.feedbackOptions.create({ description: 'Moved away' })
  const subscribe = () => stripe.subscriptions.create({ customer, items: [{ price: basic.id }] })
  const portalWith = (...feedback_options: string[]) =>
    stripe.billingPortal.configurations.create({
      features: {
        subscription_cancel: {
          enabled: true,
          mode: 'immediately',
          cancellation_reason: { enabled: true, options: ['unused'], feedback_options },
        },
      },
    })
  return { ...open, options: stripe.billing.feedbackOptions, customer, option, subscribe, portalWith }
}

describe('a feedback option', () => {
  it('says why a subscription was canceled, in the account’s own words', async () => {
    await using shop = await openShop()
    const { id } = await shop.subscribe()
    const details = { feedback_option: shop.option.id, comment: 'Far' }
    const ended = await shop.stripe.subscriptions.cancel(id, {
      cancellation_details: details,
      expand: ['cancellation_details.feedback_option'],
    })
    expect(ended.cancellation_details).toMatchObject({
      comment: 'Far',
      feedback: null,
      feedback_option: { description: 'Moved away' },
      reason: 'cancellation_requested',
    })
  })

  it('must be there', async () => {
    await using shop = await openShop()
    const { id } = await shop.subscribe()
    const cancellation_details = { feedback_option: 'bfo_no' }
    const param = 'cancellation_details[feedback_option]'
    expect(await failure(shop.stripe.subscriptions.update(id, { cancellation_details }))).toMatchObject({ param })
    expect(await failure(shop.stripe.subscriptions.cancel(id, { cancellation_details }))).toMatchObject({ param })
    expect((await shop.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('is a reason to choose in the portal', async () => {
    await using shop = await openShop()
    const { id } = await shop.subscribe()
    const configuration = await shop.portalWith(shop.option.id)
    expect(configuration.features.subscription_cancel.cancellation_reason.feedback_options).toEqual([shop.option.id])
    const session = await shop.stripe.billingPortal.sessions.create({
      customer: shop.customer,
      configuration: configuration.id,
    })
    const page = await fetch(`${session.url}/subscriptions/${id}/cancel`)
    expect(await page.text()).toContain('Moved away')
    shop.simulator.core.portalCancelSubscription(session.id, { subscriptionId: id, reason: shop.option.id })
    expect((await shop.stripe.subscriptions.retrieve(id)).cancellation_details).toMatchObject({
      feedback: null,
      feedback_option: shop.option.id,
    })
  })

  it('cannot be offered in the portal once it is inactive', async () => {
    await using shop = await openShop()
    const inactive = await shop.options.deactivate(shop.option.id)
    expect(inactive).toMatchObject({ status: 'inactive', status_transitions: { deactivated_at: expect.any(Number) } })
    expect((await shop.options.list({ status: 'active' })).data).toEqual([])
    expect(await failure(shop.options.deactivate(shop.option.id))).toMatchObject({ statusCode: 400 })
    const param = 'features[subscription_cancel][cancellation_reason][feedback_options][0]'
    expect(await failure(shop.portalWith(shop.option.id))).toMatchObject({ statusCode: 400, param })
  })

  it('has up to 100 characters, which can be changed', async () => {
    await using shop = await openShop()
    expect((await shop.options.update(shop.option.id, { description: 'Left' })).description).toBe('Left')
    expect(await failure(shop.options.create({ description: 'x'.repeat(101) }))).toMatchObject({ param: 'description' })
  })
})
