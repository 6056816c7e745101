import { Stripe } from 'stripe'
import { describe, expect, it } from 'vitest'
import { eventOf, paymentIntent } from '../../test/fixtures/stripe-objects.ts'
import { stripeProvider } from './provider.ts'
import type { StripeProviderOptions } from './settings.ts'

const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1' }
const provider = stripeProvider({ ...keys, webhookSecrets: ['whsec_old', 'whsec_new'] })
const stripe = new Stripe('sk_test_1')

type Signing = { secret?: string; secondsAgo?: number }

const signed = (event: object, { secret = 'whsec_new', secondsAgo = 0 }: Signing = {}) => {
  const payload = JSON.stringify(event)
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo
  const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp })
  return { payload: new TextEncoder().encode(payload), headers: { 'stripe-signature': signature } }
}

const factOf = async (type: string, object: object) =>
  provider.readFact(await provider.verifyWebhook(signed(eventOf(type, object))))
const invalid = expect.objectContaining({ code: 'webhook_signature_invalid' })

describe('verifyWebhook', () => {
  it('gives the event, with the payload as it was signed', async () => {
    const event = eventOf('payment_intent.succeeded', paymentIntent)
    expect(await provider.verifyWebhook(signed(event))).toEqual({
      id: 'evt_1',
      type: 'payment_intent.succeeded',
      objectId: 'pi_1',
      apiVersion: '2026-10-28.endive',
      mode: 'test',
      isOfOtherAccount: false,
      providerCustomerId: 'cus_1',
      payload: JSON.stringify(event),
    })
  })

  it('knows whom an event about a customer is about', async () => {
    const event = eventOf('customer.updated', { object: 'customer', id: 'cus_1', email: 'ada@example.com' })
    expect(await provider.verifyWebhook(signed(event))).toMatchObject({ providerCustomerId: 'cus_1' })
  })

  it('knows whose a method was that nobody has any more', async () => {
    const detached = { object: 'payment_method', id: 'pm_1', customer: null }
    const event = eventOf('payment_method.detached', detached)
    const data = { ...event.data, previous_attributes: { customer: 'cus_1' } }
    expect(await provider.verifyWebhook(signed({ ...event, data }))).toMatchObject({ providerCustomerId: 'cus_1' })
    expect(await provider.verifyWebhook(signed(event))).toMatchObject({ providerCustomerId: null })
  })

  it('accepts each of its secrets', async () => {
    const event = eventOf('payment_intent.succeeded', paymentIntent)
    await expect(provider.verifyWebhook(signed(event, { secret: 'whsec_old' }))).resolves.toMatchObject({ id: 'evt_1' })
  })

  it.each<[string, Signing]>([
    ['another secret', { secret: 'whsec_other' }],
    ['a signature of more than five minutes ago', { secondsAgo: 301 }],
  ])('refuses %s', async (_what, signing) => {
    const event = eventOf('payment_intent.succeeded', paymentIntent)
    await expect(provider.verifyWebhook(signed(event, signing))).rejects.toEqual(invalid)
  })

  it('refuses a body that was changed, even by a blank', async () => {
    const { payload, headers } = signed(eventOf('payment_intent.succeeded', paymentIntent))
    const changed = new Uint8Array([...payload, 0x20])
    await expect(provider.verifyWebhook({ payload: changed, headers })).rejects.toEqual(invalid)
  })

  it('refuses what is not signed, and says what to check', async () => {
    const unsigned = provider.verifyWebhook({ payload: new Uint8Array(), headers: {} })
    await expect(unsigned).rejects.toThrow(/webhookSecrets.*this very endpoint.*test or live.*body/s)
  })

  it('refuses signed bytes that are no event', async () => {
    await expect(provider.verifyWebhook(signed({ object: 'v2.core.event' }))).rejects.toEqual(invalid)
  })

  it('says which mode an event is of', async () => {
    const live = { ...eventOf('payment_intent.succeeded', paymentIntent), livemode: true }
    expect(await provider.verifyWebhook(signed(live))).toMatchObject({ mode: 'live' })
  })

  it('means nothing when it is about an account that we do not act for', async () => {
    const elsewhere = { ...eventOf('payment_intent.succeeded', paymentIntent), account: 'acct_other' }
    const event = await provider.verifyWebhook(signed(elsewhere))
    expect(event).toMatchObject({ isOfOtherAccount: true })
    expect(provider.readFact(event)).toBeNull()
    const connected = stripeProvider({ ...keys, webhookSecrets: ['whsec_new'], accountId: 'acct_other' })
    expect(await connected.verifyWebhook(signed(elsewhere))).toMatchObject({ isOfOtherAccount: false })
    expect(connected.readFact(event)).toMatchObject({ type: 'payment.changed' })
  })
})

describe('with a secret for each kind of endpoint, verifyWebhook', () => {
  const own = eventOf('payment_intent.succeeded', paymentIntent)
  const connected = { ...own, account: 'acct_1' }
  const withSecrets = (webhookSecrets: StripeProviderOptions['webhookSecrets']) =>
    stripeProvider({ ...keys, webhookSecrets })

  it.each<[string, object, string]>([
    ['own account', own, 'whsec_own'],
    ['connected accounts', connected, 'whsec_connect'],
  ])('takes events of %s signed with theirs', async (_what, event, secret) => {
    const provider = withSecrets({ account: 'whsec_own', connect: 'whsec_connect' })
    await expect(provider.verifyWebhook(signed(event, { secret }))).resolves.toMatchObject({ id: 'evt_1' })
  })

  it.each<[string, object, string]>([
    ['of a connected account', connected, 'whsec_own'],
    ['of the own account', own, 'whsec_connect'],
  ])('refuses an event %s signed with the other, and says which is which', async (what, event, secret) => {
    const provider = withSecrets({ account: 'whsec_own', connect: 'whsec_connect' })
    const refused = provider.verifyWebhook(signed(event, { secret }))
    await expect(refused).rejects.toEqual(invalid)
    await expect(refused).rejects.toThrow(new RegExp(`${what}.*webhookSecrets`))
  })

  it('takes both with a secret that is of both, as that of `stripe listen` is', async () => {
    const provider = withSecrets({ account: 'whsec_listen', connect: 'whsec_listen' })
    for (const event of [own, connected]) {
      await expect(provider.verifyWebhook(signed(event, { secret: 'whsec_listen' }))).resolves.toBeDefined()
    }
  })

  it('acts for a connected account with the secret of its endpoint, and refuses what is of the own one', async () => {
    const webhookSecrets = { connect: 'whsec_connect' }
    const provider = stripeProvider({ ...keys, webhookSecrets, accountId: 'acct_1' })
    const event = await provider.verifyWebhook(signed(connected, { secret: 'whsec_connect' }))
    expect(provider.readFact(event)).toMatchObject({ type: 'payment.changed' })
    await expect(provider.verifyWebhook(signed(own, { secret: 'whsec_connect' }))).rejects.toEqual(invalid)
  })
})

describe('readFact', () => {
  it('says what a verified event means, null for one that means nothing', async () => {
    expect(await factOf('payment_intent.succeeded', paymentIntent)).toEqual({
      type: 'payment.changed',
      providerPaymentId: 'pi_1',
    })
    expect(await factOf('product.updated', { id: 'prod_1' })).toBeNull()
  })
})
