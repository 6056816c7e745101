import type { CustomerSnapshot } from '../src/domain/customer.ts'
import { BillingError } from '../src/domain/errors.ts'
import { type Fact, subjectOf } from '../src/domain/event.ts'
import type {
  CheckoutInput,
  ConfirmInput,
  CustomerInput,
  PaymentInput,
  RefundInput,
} from '../src/domain/provider-call.ts'
import type { PaymentSnapshot } from '../src/domain/purchase.ts'
import type { SubscriptionSnapshot } from '../src/domain/subscription.ts'
import type { PaymentProvider } from '../src/ports/provider.ts'
import {
  type BankNotice,
  type BankPage,
  type BankPayment,
  createTinyBank,
  newSubscription,
  sign,
  type TinyBank,
} from './tiny-bank.ts'
import { eventTypes, isSigned, listNotices, toEvent } from './tiny-notices.ts'
import { toAttempts, toCheckout, toPayment, toPaymentMethod } from './tiny-snapshots.ts'

export type Delivery = { body: string; headers: Record<string, string> }

type Held = 'invoices' | 'disputes' | 'customers' | 'cards' | 'payments'

/** What buyers and their bank do, for tests to say. */
type TinyWorld = {
  /** The bank takes what was asked for. */
  pays(providerPaymentId: string): void
  /** The buyer finishes the hosted page. */
  completes(providerSessionId: string, providerSubscriptionId?: string): void
  /** Starts a subscription, or changes it. */
  bills(subscription: Partial<SubscriptionSnapshot> & { providerSubscriptionId: string }): void
  /** Makes, or changes, what the bank holds: an invoice, a dispute, a customer. */
  holds(things: Partial<Pick<TinyBank, Held>>): void
  /** No longer has the card of this customer. */
  loses(customer: string): void
  customer(id: string): CustomerSnapshot
  /** A signed event about a fact; `null` means nothing to anybody. */
  announces(id: string, fact: Fact | null): Delivery
  paymentCount(): number
}

/** A payment provider that fits on a page: the port, over a payment company that lives in memory. */
export type TinyProvider = PaymentProvider & TinyWorld

export const tinyProvider = (id = 'tiny'): TinyProvider => {
  const bank = createTinyBank()
  const features = { promotionCodes: false, tax: false }
  const named = { id, mode: 'test', publishableKey: 'tiny_public', eventTypes, features } as const
  return { ...named, ...toPort(bank), ...toWorld(bank) }
}

type Named = 'id' | 'mode' | 'publishableKey' | 'eventTypes' | 'features'

const toPort = (bank: TinyBank): Omit<PaymentProvider, Named> => ({
  createCustomer: async (input) => ({ providerCustomerId: newCustomer(bank, input) }),
  findCustomer: async (id) => bank.customers.get(id) ?? null,
  findPaymentMethod: async (id) => methodsOf(bank, id.replace('card_of_', ''))[0] ?? null,
  listPaymentMethods: async (customer) => methodsOf(bank, customer),

  createPaymentIntent: async (input) => toPayment(bank.keep(bank.payments, newPayment(input))),
  findPaymentIntent: async (id) => orNull(bank.payments.get(id), toPayment),
  confirmPaymentIntent: async (input) => toPayment(confirm(bank, input)),
  payOffSession: async (input) => orNull(bank.cards.get(input.providerCustomerId), (card) => pay(bank, input, card)),
  cancelPaymentIntent: async (id) => toPayment(cancel(bank, id)),
  listAttempts: async (id) => orNull(bank.payments.get(id), toAttempts) ?? [],
  findDispute: async (id) => bank.disputes.get(id) ?? null,
  findReversals: async (id) => ({ refunds: refundsOf(bank.payments.get(id)), disputes: [] }),
  refundPayment: async (input) => refund(bank, input),

  createCheckoutSession: async (input) => toCheckout(bank.keep(bank.pages, newPage(input))),
  findCheckoutSession: async (id) => orNull(bank.pages.get(id), toCheckout),
  expireCheckoutSession: async (id) => toCheckout(expire(bank, id)),

  openPortal: async ({ providerCustomerId, returnUrl }) => ({
    url: `https://tiny.example/portal/${providerCustomerId}?${new URLSearchParams({ return: returnUrl })}`,
  }),
  findSubscription: async (id) => bank.subscriptions.get(id) ?? null,
  listSubscriptions: async (customer) =>
    [...bank.subscriptions.values()].filter((each) => each.providerCustomerId === customer),
  listAllSubscriptions: async ({ after, limit }) => {
    const all = [...bank.subscriptions.values()]
    const start = all.findIndex((each) => each.providerSubscriptionId === after) + 1
    const subscriptions = all.slice(start, start + limit)
    const hasMore = all.length > start + limit
    return { subscriptions, next: hasMore ? (subscriptions.at(-1)?.providerSubscriptionId ?? null) : null }
  },
  findInvoice: async (id) => bank.invoices.get(id) ?? null,
  listInvoices: async (customer) =>
    [...bank.invoices.values()].filter((each) => each.providerCustomerId === customer).reverse(),
  listPaidInvoices: async (subscription) =>
    [...bank.invoices.values()].filter(
      (each) => each.status === 'paid' && each.providerSubscriptionId === subscription,
    ),

  verifyWebhook: async ({ payload, headers }) => {
    if (isSigned(payload, headers['tiny-signature'])) return toEvent(new TextDecoder().decode(payload))
    throw new BillingError('webhook_signature_invalid', 'The signature of this webhook does not fit its content.')
  },
  findEvent: async (id) => orNull(bank.notices.get(id), (notice) => toEvent(JSON.stringify(notice))),
  listEvents: async (page) => listNotices(bank, page),
  readFact: ({ payload }) => (payload === null ? null : ((JSON.parse(payload) as BankNotice).fact as Fact | null)),

  /** It has no catalog of its own: prices travel with each order. */
  pushCatalog: async () => [],
  checkCatalog: async () => [],
})

const toWorld = (bank: TinyBank): TinyWorld => ({
  pays: (id) => void change(bank, id, { state: 'taken' }),
  completes: (id, subscriptionId) => bank.finish(bank.pages.get(id) ?? unknown(id), subscriptionId),
  bills(changes) {
    const id = changes.providerSubscriptionId
    bank.subscriptions.set(id, { ...(bank.subscriptions.get(id) ?? newSubscription(id, null)), ...changes })
  },
  holds: (things) => {
    for (const [kind, rows] of Object.entries(things)) {
      const held = bank[kind as keyof typeof things] as Map<string, unknown>
      for (const [id, row] of rows) held.set(id, row)
    }
  },
  loses: (customer) => void bank.cards.delete(customer),
  customer: (id) => bank.customers.get(id) ?? unknown(id),
  announces(id, fact) {
    const about = fact?.type ?? 'weather.changed'
    const notice: BankNotice = { id, about, subject: fact && subjectOf(fact), fact }
    bank.notices.set(id, notice)
    const body = JSON.stringify(notice)
    return { body, headers: { 'content-type': 'application/json', 'tiny-signature': sign(body) } }
  },
  paymentCount: () => bank.payments.size,
})

const orNull = <Row, Snapshot>(row: Row | undefined, map: (row: Row) => Snapshot): Snapshot | null =>
  row === undefined ? null : map(row)

const unknown = (id: string): never => {
  throw new BillingError('provider_refused', `The payment provider has no ${id}.`)
}

const change = (bank: TinyBank, id: string, changes: Partial<BankPayment>): BankPayment =>
  bank.change(bank.payments, id, changes) ?? unknown(id)

const newCustomer = (bank: TinyBank, { attemptId, email, name }: CustomerInput): string => {
  const providerCustomerId = `customer_${attemptId}`
  const fresh = { isDeleted: false, defaultPaymentMethodId: null, balanceMinor: 0, currency: null }
  if (!bank.customers.has(providerCustomerId)) {
    bank.customers.set(providerCustomerId, { ...fresh, providerCustomerId, email, name })
  }
  return providerCustomerId
}

const methodsOf = (bank: TinyBank, customer: string) => (bank.cards.has(customer) ? [toPaymentMethod(customer)] : [])

const confirm = (bank: TinyBank, { providerPaymentId, paymentMethodId }: ConfirmInput): BankPayment =>
  change(bank, providerPaymentId, { state: paymentMethodId === 'card_good' ? 'taken' : 'refused' })

const pay = (bank: TinyBank, input: PaymentInput, paymentMethodId: string): PaymentSnapshot => {
  const { id: providerPaymentId } = bank.keep(bank.payments, newPayment(input))
  return toPayment(confirm(bank, { attemptId: input.attemptId, providerPaymentId, paymentMethodId, returnUrl: '' }))
}

const cancel = (bank: TinyBank, id: string): BankPayment => {
  const payment = bank.payments.get(id) ?? unknown(id)
  return payment.state === 'taken' ? payment : change(bank, id, { state: 'void' })
}

const refundsOf = (payment: BankPayment | undefined) =>
  [...(payment?.givenBack ?? [])].map(([attemptId, amountMinor]) => ({
    providerRefundId: `refund_${attemptId}`,
    status: 'succeeded' as const,
    amountMinor,
  }))

const refund = (bank: TinyBank, { attemptId, providerPaymentId, amountMinor }: RefundInput) => {
  const { cents, givenBack } = bank.payments.get(providerPaymentId) ?? unknown(providerPaymentId)
  const left = [...givenBack.values()].reduce((rest, amount) => rest - amount, cents)
  const amount = givenBack.get(attemptId) ?? amountMinor ?? left
  if (!givenBack.has(attemptId) && amount > left) {
    throw new BillingError('provider_refused', 'This is more than what was paid and not given back yet.')
  }
  change(bank, providerPaymentId, { givenBack: new Map(givenBack).set(attemptId, amount) })
  return { providerRefundId: `refund_${attemptId}`, status: 'succeeded' as const, amountMinor: amount }
}

const expire = (bank: TinyBank, id: string): BankPage => {
  const page = bank.pages.get(id) ?? unknown(id)
  return page.state === 'open' ? (bank.change(bank.pages, id, { state: 'closed' }) ?? page) : page
}

const newPayment = (input: PaymentInput): BankPayment => ({
  id: `payment_${input.attemptId}`,
  customer: input.providerCustomerId,
  cents: input.amountMinor,
  currency: input.currency,
  reference: input.labels.purchaseId ?? null,
  state: 'waiting',
  givenBack: new Map(),
})

const newPage = (input: CheckoutInput): BankPage => {
  if (input.promotionCode !== null) throw new BillingError('promotion_code_invalid', 'There is no such promotion code.')
  return {
    id: `session_${input.attemptId}`,
    state: 'open',
    input,
    paymentId: null,
    subscriptionId: null,
    invoiceId: null,
  }
}
