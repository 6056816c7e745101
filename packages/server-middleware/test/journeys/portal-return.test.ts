import { expect, test } from 'vitest'
import { askStripe } from './ask-stripe.ts'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const whose = { accountId: 'account-alice' }
const mastercard = { card: { number: '5555555555554444', expMonth: 12, expYear: 2034, cvc: '123' } }

const held = async ({ database }: World) => {
  const methods = await database.collection('billing_payment_methods').find().toArray()
  const [customer] = await database.collection('billing_customers').find().toArray()
  return {
    methods: methods
      .filter(({ row }) => row?.isAttached)
      .map(({ row }) => `${row.brand} ${row.last4}`)
      .toSorted(),
    usual: methods.find(({ _id }) => String(_id) === customer?.row.defaultPaymentMethodId)?.row.last4,
  }
}

const subscribes = async (world: World) => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth')
  payInCheckout(world.stripe, body.sessionId)
  await alice.status(`?sessionId=${body.sessionId}`)
  return alice
}

test('the page after the portal knows the cards, and which is the usual one, though no webhook ever comes', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  const alice = await subscribes(world)
  await world.billing.sync(whose)
  expect(await held(world)).toMatchObject({ methods: ['visa 4242'] })

  const visit = (await alice.opensPortal()).split('/').at(-1) ?? ''
  const returnUrl = new URL(world.stripe.core.portalSession(visit)?.returnUrl ?? '')
  world.stripe.core.portalUpdatePaymentMethod(visit, mastercard)
  const visa = world.stripe.objects('payment_method').find(({ card }) => JSON.stringify(card).includes('4242'))?.id
  await askStripe(world, { path: `/v1/payment_methods/${visa}/detach` })

  const before = world.logs.length
  await alice.status(`?portalReturn=${returnUrl.searchParams.get('portal_return')}`)
  expect(await held(world)).toEqual({ methods: ['mastercard 4444'], usual: '4444' })
  const calls = world.logs
    .slice(before)
    .flatMap(({ event, fields }) => (event === 'stripe_request' ? [fields.path] : []))
  expect(calls.map((path) => String(path).replace(/(cus|sub|pm)_\w+/, ':id')).toSorted()).toEqual([
    '/v1/customers/:id',
    '/v1/customers/:id/payment_methods',
    '/v1/payment_methods/:id',
    '/v1/subscriptions',
    '/v1/subscriptions/:id',
  ])
  const quiet = world.logs.length
  await alice.status(`?portalReturn=${returnUrl.searchParams.get('portal_return')}`)
  expect(world.logs.slice(quiet).filter(({ event }) => event === 'stripe_request')).toEqual([])
})
