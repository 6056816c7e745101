import { startCheckout } from '../../src/actions/start-checkout.ts'
import { startPurchase } from '../../src/actions/start-purchase.ts'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import { alice } from '../actions/deps.ts'
import { cards } from '../journeys/stripe-page.ts'
import type { Stage, Story } from './recording.ts'

export const catalog = defineCatalog({
  currency: 'usd',
  freeUses: 3,
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    starter: { name: 'Starter', month: 2900, year: 29000, credits: { perMonth: 100 } },
    growth: { name: 'Growth', month: 7900, year: 79000, credits: { perMonth: 400 } },
  },
  packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
})

const startsPurchase = async ({ deps }: Stage): Promise<string> => {
  const { purchase } = await startPurchase(deps, { identity: alice, packId: 'uses20', quantity: 1, evidence: null })
  return purchase.providerPaymentId ?? ''
}

const confirms = ({ ask }: Stage, paymentId: string, payment: Readonly<Record<string, string>>) =>
  ask(`/v1/payment_intents/${paymentId}/confirm`, { return_url: 'https://app.example.com', ...payment })

const visa = { payment_method: 'pm_card_visa' }
const declined = { payment_method: 'pm_card_chargeDeclined' }
const asksForProof = { payment_method: 'pm_card_authenticationRequired' }
const debit = {
  payment_method: 'pm_usBankAccount_success',
  'mandate_data[customer_acceptance][type]': 'offline',
}
const microdeposits = { 'amounts[0]': '32', 'amounts[1]': '45' }

const buys = async (stage: Stage): Promise<string> => {
  const paymentId = await startsPurchase(stage)
  await stage.happens(() => confirms(stage, paymentId, visa))
  return paymentId
}

const card = { number: cards.works, expMonth: 12, expYear: 2034, cvc: '123' }

const subscribes = async (stage: Stage): Promise<string> => {
  const { deps, stripe, happens } = stage
  const order = { planId: 'starter', interval: 'month', quantity: 1 } as const
  const asked = { identity: alice, order, returnPath: null, promotionCode: null, evidence: null }
  const { sessionId } = await startCheckout(deps, asked)
  await happens(() => stripe.core.payCheckoutSession(sessionId, { name: 'Alice Example', card }))
  return stripe.objects('subscription')[0]?.id ?? ''
}

const priceOf = ({ stripe }: Stage, key: string): string =>
  stripe.objects('price').find(({ lookup_key }) => lookup_key === key)?.id ?? ''

const switches = async (stage: Stage, subscriptionId: string, priceKey: string): Promise<void> => {
  const { stripe, ask, happens } = stage
  const item = stripe.objects('subscription').find(({ id }) => id === subscriptionId)?.items.data[0]
  const change = { 'items[0][id]': item?.id ?? '', 'items[0][price]': priceOf(stage, priceKey) }
  const fields = { ...change, proration_behavior: 'always_invoice' }
  await happens(() => ask(`/v1/subscriptions/${subscriptionId}`, fields))
}

const purchaseWithProof: Story = async (stage) => {
  const paymentId = await startsPurchase(stage)
  await stage.happens(() => confirms(stage, paymentId, asksForProof))
  await stage.happens(() => stage.stripe.core.completeChallenge(paymentId, 'complete'))
}

const declinedThenPaid: Story = async (stage) => {
  const paymentId = await startsPurchase(stage)
  await stage.happens(() => confirms(stage, paymentId, declined).catch(() => undefined))
  await stage.happens(() => confirms(stage, paymentId, visa))
}

const failsAndRecovers: Story = async (stage) => {
  const { stripe, ask, happens } = stage
  await subscribes(stage)
  await happens(() => stripe.clock.advance({ months: 1, hours: 2 }))
  stripe.declineNext({ times: 1 })
  await happens(() => stripe.clock.advance({ months: 1 }))
  const unpaid = stripe.objects('invoice').find(({ status }) => status === 'open')
  await happens(() => ask(`/v1/invoices/${unpaid?.id}/pay`))
}

const isToEnd: Story = async (stage) => {
  const subscription = await subscribes(stage)
  await stage.happens(() => stage.ask(`/v1/subscriptions/${subscription}`, { cancel_at_period_end: 'true' }))
}

const changesItsMind: Story = async (stage) => {
  const { stripe, ask, happens } = stage
  const subscription = await subscribes(stage)
  await switches(stage, subscription, 'growth_monthly')
  await switches(stage, subscription, 'starter_monthly')
  const renews = (cancel: boolean) =>
    happens(() => ask(`/v1/subscriptions/${subscription}`, { cancel_at_period_end: String(cancel) }))
  await renews(true)
  await renews(false)
  await happens(() => stripe.clock.advance({ months: 1, hours: 2 }))
  await happens(() => ask(`/v1/subscriptions/${subscription}`, {}, 'DELETE'))
}

const refundedInParts: Story = async (stage) => {
  const paymentId = await buys(stage)
  const refunds = (amount: string) =>
    stage.happens(() => stage.ask('/v1/refunds', { payment_intent: paymentId, amount }))
  await refunds('100')
  await refunds('250')
}

const disputed =
  (outcome: 'won' | 'lost'): Story =>
  async (stage) => {
    const { stripe, happens } = stage
    await buys(stage)
    const charge = stripe.objects('charge')[0]?.id ?? ''
    await happens(() => stripe.core.raiseDispute(charge))
    const dispute = stripe.objects('dispute')[0]?.id ?? ''
    await happens(() => stripe.core.decideDispute(dispute, outcome))
  }

const delayed =
  (outcome: 'succeed' | 'fail'): Story =>
  async (stage) => {
    const { stripe, ask, happens } = stage
    const paymentId = await startsPurchase(stage)
    await happens(() => confirms(stage, paymentId, debit))
    await happens(() => ask(`/v1/payment_intents/${paymentId}/verify_microdeposits`, microdeposits))
    await happens(() => stripe.settlePayment(paymentId, outcome))
  }

const hasCoupon: Story = async (stage) => {
  const { ask, happens } = stage
  const subscription = await subscribes(stage)
  const coupon = await ask('/v1/coupons', { percent_off: '15', duration: 'forever' })
  await happens(() => ask(`/v1/subscriptions/${subscription}`, { 'discounts[0][coupon]': coupon.id }))
  await happens(() => ask(`/v1/subscriptions/${subscription}/discount`, {}, 'DELETE'))
  await switches(stage, subscription, 'growth_monthly')
}

const draftIsDeleted: Story = async (stage) => {
  const { stripe, ask, happens } = stage
  await subscribes(stage)
  const customer = stripe.objects('customer')[0]?.id ?? ''
  await happens(() => ask('/v1/invoices', { customer, auto_advance: 'false' }))
  const draft = stripe.objects('invoice').find(({ status }) => status === 'draft')?.id
  await happens(() => ask(`/v1/invoices/${draft}`, { description: 'Spring' }))
  await happens(() => ask(`/v1/invoices/${draft}`, {}, 'DELETE'))
}

const isDeleted: Story = async (stage) => {
  const { stripe, ask, happens } = stage
  await subscribes(stage)
  const customer = stripe.objects('customer')[0]?.id ?? ''
  await happens(() => ask(`/v1/customers/${customer}`, { name: 'Alice Liddell' }))
  await happens(() => ask(`/v1/customers/${customer}`, {}, 'DELETE'))
}

/** What happens to accounts, each with all the events that tell of it. */
export const histories: Readonly<Record<string, Story>> = {
  'a purchase with 3-D Secure': purchaseWithProof,
  'a purchase that is declined, then paid': declinedThenPaid,
  'a subscription that renews, fails and recovers': failsAndRecovers,
  'a subscription that is to end': isToEnd,
  'an upgrade, a downgrade, a cancellation, its end': changesItsMind,
  'a coupon that is put on and taken off': hasCoupon,
  'a draft that is deleted': draftIsDeleted,
  'a customer who is renamed, then deleted': isDeleted,
  'a purchase that is refunded in parts': refundedInParts,
  'a dispute that is won': disputed('won'),
  'a dispute that is lost': disputed('lost'),
  'a delayed payment that arrives': delayed('succeed'),
  'a delayed payment that fails': delayed('fail'),
}
