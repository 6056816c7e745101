import { createHmac } from 'node:crypto'
import type { CustomerSnapshot } from '../src/domain/customer.ts'
import type { DisputeSnapshot } from '../src/domain/dispute.ts'
import type { InvoiceSnapshot } from '../src/domain/invoice.ts'
import type { CheckoutInput } from '../src/domain/provider-call.ts'
import type { SubscriptionSnapshot } from '../src/domain/subscription.ts'

/** The payment company that the tiny provider talks to: it has words of its own, as they all do. */
export type BankPayment = {
  id: string
  customer: string
  cents: number
  currency: string
  reference: string | null
  state: 'waiting' | 'refused' | 'taken' | 'void'
  givenBack: ReadonlyMap<string, number>
}

export type BankPage = {
  id: string
  state: 'open' | 'done' | 'closed'
  input: CheckoutInput
  paymentId: string | null
  subscriptionId: string | null
  invoiceId: string | null
}

/** `fact` is the fact that it tells, in the words of whoever asked for it. */
export type BankNotice = { id: string; about: string; subject: string | null; fact: unknown }

export type TinyBank = ReturnType<typeof createTinyBank>

/** Everything it makes has an id that follows from the caller's, so asking twice makes one. */
export const createTinyBank = () => {
  const payments = new Map<string, BankPayment>()
  /** Customer → the card on file. */
  const cards = new Map<string, string>()
  const pages = new Map<string, BankPage>()
  const subscriptions = new Map<string, SubscriptionSnapshot>()
  const invoices = new Map<string, InvoiceSnapshot>()
  const customers = new Map<string, CustomerSnapshot>()
  const disputes = new Map<string, DisputeSnapshot>()
  const notices = new Map<string, BankNotice>()
  return {
    payments,
    cards,
    pages,
    subscriptions,
    invoices,
    customers,
    disputes,
    notices,
    /** The row with this id; the first time the new one. */
    keep: <Row extends { id: string }>(rows: Map<string, Row>, fresh: Row): Row => {
      const row = rows.get(fresh.id) ?? fresh
      rows.set(row.id, row)
      return row
    },
    /** The row with the changes; null when there is none. */
    change: <Row>(rows: Map<string, Row>, id: string, changes: Partial<Row>): Row | null => {
      const row = rows.get(id)
      if (row === undefined) return null
      rows.set(id, { ...row, ...changes })
      return { ...row, ...changes }
    },
    /** The buyer has filled in the hosted page; what it starts is a subscription with this id. */
    finish(page: BankPage, subscriptionId = `subscription_${page.id}`): void {
      const { order, providerCustomerId, labels } = page.input
      if (order.kind === 'purchase') {
        const id = `payment_${page.id}`
        const cents = order.unitAmountMinor * order.quantity
        const reference = labels.purchaseId ?? null
        const payment = { id, customer: providerCustomerId, cents, currency: order.currency, reference }
        payments.set(id, { ...payment, state: 'taken', givenBack: new Map() })
        pages.set(page.id, { ...page, state: 'done', paymentId: id })
      } else {
        cards.set(providerCustomerId, 'card_good')
        const started = { ...newSubscription(subscriptionId, page.input), providerCustomerId }
        subscriptions.set(subscriptionId, subscriptions.get(subscriptionId) ?? started)
        const invoice = newInvoice(subscriptions.get(subscriptionId) ?? started)
        invoices.set(invoice.providerInvoiceId, invoice)
        pages.set(page.id, { ...page, state: 'done', subscriptionId, invoiceId: invoice.providerInvoiceId })
      }
    },
  }
}

export const newSubscription = (id: string, input: CheckoutInput | null): SubscriptionSnapshot => ({
  providerSubscriptionId: id,
  providerCustomerId: '',
  status: 'active',
  currency: 'usd',
  items: input?.order.kind === 'subscription' ? toItems(input.order) : [],
  startedAt: new Date('2026-11-01T00:00:00Z'),
  currentPeriodStartedAt: new Date('2026-11-01T00:00:00Z'),
  currentPeriodEndsAt: new Date('2026-12-01T00:00:00Z'),
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  endReason: null,
  trialEndsAt: null,
  collectionPaused: false,
  openInvoice: null,
})

/** What the first period costs; it is paid. */
const newInvoice = ({ providerSubscriptionId, providerCustomerId, items, ...begun }: SubscriptionSnapshot) => {
  const period = { startsAt: begun.startedAt, endsAt: begun.currentPeriodEndsAt ?? begun.startedAt }
  const cents = items.reduce((sum, { amountMinor, quantity }) => sum + amountMinor * quantity, 0)
  return {
    ...toHead(begun.currency, cents),
    ...period,
    providerInvoiceId: `invoice_${providerSubscriptionId}`,
    providerCustomerId,
    providerSubscriptionId,
    reason: 'subscription_create' as const,
    createdAt: begun.startedAt,
    lines: items.map(({ providerItemId, interval: _interval, ...item }) => ({
      ...item,
      ...period,
      providerLineId: `line_${providerItemId}`,
      isProration: false,
    })),
  }
}

const toHead = (currency: string, cents: number) => ({
  providerPaymentId: null,
  number: '1',
  status: 'paid' as const,
  currency,
  subtotalMinor: cents,
  discountMinor: 0,
  taxMinor: 0,
  totalMinor: cents,
  amountDueMinor: cents,
  amountPaidMinor: cents,
  amountRemainingMinor: 0,
  attemptCount: 1,
  nextAttemptAt: null,
  url: null,
  pdfUrl: null,
})

type Ordered = Extract<CheckoutInput['order'], { kind: 'subscription' }>

const toItems = ({ items, interval, quantity }: Ordered): SubscriptionSnapshot['items'] =>
  items.map((item, index) => ({
    providerItemId: `item_${index}`,
    providerPriceId: item.providerPriceId ?? `price_${item.priceKey}`,
    priceKey: item.priceKey,
    quantity: item.kind === 'flat' ? 1 : quantity,
    amountMinor: item.kind === 'flat' || item.kind === 'seat' ? item.amountMinor : 0,
    interval,
  }))

/** How the company signs what it sends: HMAC-SHA256 of the body, in hexadecimal, in the `tiny-signature` header. */
export const sign = (payload: Uint8Array | string): string =>
  createHmac('sha256', 'tiny_secret').update(payload).digest('hex')
