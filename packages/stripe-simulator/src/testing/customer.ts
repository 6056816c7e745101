import type { Price } from '../domain/objects/catalog.ts'
import type { CheckoutSession } from '../domain/objects/checkout.ts'
import type { Customer } from '../domain/objects/customer.ts'
import type { PaymentIntent } from '../domain/objects/payment.ts'
import type { Subscription } from '../domain/objects/subscription.ts'
import type { CheckoutOutcome, Declined, RequiresAction } from '../simulator-core.ts'
import { answersTo } from './checkout-answers.ts'
import { findPrice, type Wanted } from './find-price.ts'
import type { Line } from './line.ts'

/** The bank said no. The customer may try again. */
export class CardDeclined extends Error {
  override readonly name = 'CardDeclined'
  readonly code: string
  readonly declineCode: string | undefined

  constructor({ message, code, declineCode }: Declined) {
    super(message)
    this.code = code
    this.declineCode = declineCode
  }
}

export interface SubscribeOptions {
  readonly interval?: 'day' | 'week' | 'month' | 'year'
  readonly quantity?: number
  readonly trialDays?: number
}

/**
 * A customer of the business under test, who acts on Stripe's own pages. Every verb rejects with Stripe's message when
 * Stripe refuses, and with {@link CardDeclined} when the bank does. Challenges of 3-D Secure are passed.
 */
export interface TestCustomer {
  /** The customer at Stripe, made if there is none with this name. */
  atStripe(): Promise<Customer>
  /** Pays with this card from here on: in Checkout and, changed in the portal, for what is subscribed already. */
  paysWith(number: string): Promise<void>
  /** Goes through Checkout for a plan: a price's lookup key or id, or its product's name. */
  subscribesTo(plan: string, options?: SubscribeOptions): Promise<Subscription>
  /** Goes through Checkout for something that is paid once. */
  buys(product: string, options?: { readonly quantity?: number }): Promise<PaymentIntent>
  /** Pays a Checkout that your app opened: the session's id, URL or client secret; says what it asks. Resolves with where the browser goes next. */
  completesCheckout(sessionOrUrl: string): Promise<string>
  /** Cancels in the portal, which your app must have configured. */
  cancels(): Promise<Subscription>
  /** Takes a cancellation back in the portal. */
  resumes(): Promise<Subscription>
}

interface Page<T> {
  readonly data: readonly T[]
}

const emailOf = (name: string): string => (name.includes('@') ? name : `${name.toLowerCase()}@example.com`)

const findCustomer = async (line: Line, name: string): Promise<Customer> => {
  if (name.startsWith('cus_')) return line.get(`/v1/customers/${name}`)
  const email = emailOf(name)
  const [known] = (await line.get<Page<Customer>>('/v1/customers', { email, limit: 1 })).data
  return known ?? line.post('/v1/customers', { email, name })
}

const running = async (line: Line, customer: string): Promise<Subscription> => {
  const [latest] = (await line.get<Page<Subscription>>('/v1/subscriptions', { customer, limit: 1 })).data
  if (!latest) throw new Error('This customer has no subscription that runs.')
  return latest
}

const cardOf = (number: string) => ({ number, expMonth: 12, expYear: 2034, cvc: '123' })

/** Does what a page asks for until the card is accepted or declined. */
const finish = async (line: Line, outcome: Declined | RequiresAction | { readonly status: string }): Promise<void> => {
  if ('intentId' in outcome) await line.steer(`/challenges/${outcome.intentId}`, { outcome: 'complete' })
  if ('code' in outcome) throw new CardDeclined(outcome)
}

const successUrl = 'https://example.com/thanks?session_id={CHECKOUT_SESSION_ID}'

const idIn = (sessionOrUrl: string): string => /cs_test_[A-Za-z0-9]+/.exec(sessionOrUrl)?.[0] ?? sessionOrUrl

interface Order extends Wanted, SubscribeOptions {
  readonly mode: 'payment' | 'subscription'
}

const orderFields = (price: Price, { mode, quantity = 1, trialDays }: Order, customer: string) => ({
  mode,
  customer,
  success_url: successUrl,
  line_items: [{ price: price.id, quantity }],
  ...(trialDays === undefined ? {} : { subscription_data: { trial_period_days: trialDays } }),
})

export const createTestCustomer = (line: Line, name: string): TestCustomer => {
  let card = cardOf('4242424242424242')
  const atStripe = (): Promise<Customer> => findCustomer(line, name)
  const pay = async (id: string): Promise<CheckoutSession> => {
    const session = await line.get<CheckoutSession>(`/v1/checkout/sessions/${id}`)
    const email = session.customer_email ?? emailOf(name)
    const payment = { ...answersTo(session, name), email, name, card }
    await finish(line, await line.act<CheckoutOutcome>('payCheckoutSession', id, payment))
    return line.get(`/v1/checkout/sessions/${id}`)
  }
  const order = async (wanted: Order): Promise<CheckoutSession> => {
    const price = await findPrice(line, wanted)
    const fields = orderFields(price, wanted, (await atStripe()).id)
    return pay((await line.post<CheckoutSession>('/v1/checkout/sessions', fields)).id)
  }
  const openPortal = async (): Promise<string> =>
    (await line.post<{ id: string }>('/v1/billing_portal/sessions', { customer: (await atStripe()).id })).id
  const inPortal = async (verb: string): Promise<Subscription> => {
    const { id: subscriptionId } = await running(line, (await atStripe()).id)
    return line.act(verb, await openPortal(), { subscriptionId })
  }
  return {
    atStripe,
    paysWith: async (number) => {
      card = cardOf(number)
      const query = { customer: (await atStripe()).id, limit: 1 }
      const { data } = await line.get<Page<Subscription>>('/v1/subscriptions', query)
      if (data.length > 0) await finish(line, await line.act('portalUpdatePaymentMethod', await openPortal(), { card }))
    },
    subscribesTo: async (plan, options = {}) => {
      const session = await order({ ...options, name: plan, type: 'recurring', mode: 'subscription' })
      return line.get(`/v1/subscriptions/${session.subscription}`)
    },
    buys: async (product, options = {}) => {
      const session = await order({ ...options, name: product, type: 'one_time', mode: 'payment' })
      return line.get(`/v1/payment_intents/${session.payment_intent}`)
    },
    completesCheckout: async (sessionOrUrl) => {
      const { id, ui_mode, return_url = '' } = await pay(idIn(sessionOrUrl))
      if (ui_mode !== 'hosted_page') return return_url.replaceAll('{CHECKOUT_SESSION_ID}', id)
      const done = await line.act<{ readonly redirectUrl: string }>('payCheckoutSession', id, {})
      return done.redirectUrl
    },
    cancels: () => inPortal('portalCancelSubscription'),
    resumes: () => inPortal('portalResumeSubscription'),
  }
}
