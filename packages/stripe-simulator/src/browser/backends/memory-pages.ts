import type {
  StripeCheckoutAmount,
  StripeCheckoutLineItem,
  StripeCheckoutSession,
  StripeError,
} from '@stripe/stripe-js'
import type { PageChange, PaymentPage } from '../backend.ts'
import { divisorOf, formatAmount } from '../format-amount.ts'

export interface CheckoutLine {
  readonly name: string
  /** Of one, in minor units. */
  readonly amount: number
  readonly quantity?: number
  /** Whether a buyer may change how many they take. */
  readonly isAdjustable?: boolean
}

/** A Checkout Session that is paid with elements, as a server makes it. */
export interface CheckoutTerms {
  readonly currency: string
  readonly lines: readonly CheckoutLine[]
  readonly email?: string
  readonly returnUrl?: string
}

const reading = (currency: string) => {
  const read = (minorUnitsAmount: number): StripeCheckoutAmount => ({
    minorUnitsAmount,
    amount: formatAmount(minorUnitsAmount, currency, 'en'),
  })
  return read
}

type Read = ReturnType<typeof reading>

const lineItem = (read: Read, line: CheckoutLine, index: number): StripeCheckoutLineItem => {
  const quantity = line.quantity ?? 1
  const sum = read(line.amount * quantity)
  return {
    id: `li_simulated${index + 1}`,
    name: line.name,
    discount: read(0),
    subtotal: sum,
    total: sum,
    taxExclusive: read(0),
    taxInclusive: read(0),
    unitAmount: read(line.amount),
    unitAmountDecimal: null,
    description: null,
    quantity,
    unitLabel: null,
    discountAmounts: null,
    taxAmounts: null,
    recurring: null,
    adjustableQuantity: line.isAdjustable ? { maximum: 99, minimum: 1 } : null,
    images: [],
    priceId: `price_simulated${index + 1}`,
    isRemovable: false,
    pricing: null,
    transformQuantity: null,
  }
}

const totalOf = (read: Read, lines: readonly CheckoutLine[]): StripeCheckoutSession['total'] => {
  const sum = read(lines.reduce((total, { amount, quantity = 1 }) => total + amount * quantity, 0))
  const none = read(0)
  return {
    appliedBalance: none,
    balanceAppliedToNextInvoice: false,
    discount: none,
    shippingRate: none,
    subtotal: sum,
    surcharge: none,
    taxExclusive: none,
    taxInclusive: none,
    total: sum,
  }
}

const nobody = {
  billingAddress: null,
  businessName: null,
  nameCollection: null,
  phoneNumber: null,
  shipping: null,
  shippingAddress: null,
  shippingOptions: [],
  taxIdInfo: null,
}

const repriced = (session: StripeCheckoutSession, lines: readonly CheckoutLine[]): StripeCheckoutSession => {
  const read = reading(session.currency)
  const lineItems = lines.map((line, index) => lineItem(read, line, index))
  return { ...session, lineItems, total: totalOf(read, lines) }
}

/** A page that is open, with what its lines were made from. */
export interface MemoryPage extends PaymentPage {
  readonly lines: readonly CheckoutLine[]
}

export const freshPage = (id: string, { currency, lines, email, returnUrl }: CheckoutTerms): MemoryPage => {
  const session: StripeCheckoutSession = {
    ...nobody,
    id,
    livemode: false,
    canConfirm: email !== undefined,
    currency,
    currencyOptions: null,
    discountAmounts: null,
    email: email ?? null,
    lastPaymentError: null,
    lineItems: [],
    minorUnitsAmountDivisor: divisorOf(currency),
    optionalItems: null,
    recurring: null,
    savedPaymentMethods: null,
    status: { type: 'open' },
    surcharge: null,
    tax: { status: 'ready' },
    taxAmounts: null,
    total: totalOf(reading(currency), []),
  }
  return {
    ui_mode: 'elements',
    session: repriced(session, lines),
    asked_intent: null,
    frame_url: null,
    needs_method: lines.some(({ amount }) => amount > 0),
    offers_saving: false,
    return_url: returnUrl ?? null,
    lines,
  }
}

const names = {
  billing_address: 'billingAddress',
  business_name: 'businessName',
  email: 'email',
  phone_number: 'phoneNumber',
  shipping_address: 'shippingAddress',
} as const

const told = (change: PageChange): Partial<StripeCheckoutSession> =>
  Object.fromEntries(
    Object.entries(names)
      .filter(([name]) => change[name as keyof typeof names] !== undefined)
      .map(([name, own]) => [own, change[name as keyof typeof names]]),
  )

const elsewhere = ['individual_name', 'promotion_code', 'shipping_rate', 'tax_id'] as const

const refuse = (message: string): { readonly error: StripeError } => ({
  error: { type: 'invalid_request_error', message },
})

/** What a buyer changes. Codes, taxes and deliveries are the simulator's: here they are refused. */
export const changedPage = (page: MemoryPage, change: PageChange): MemoryPage | { readonly error: StripeError } => {
  const other = elsewhere.find((name) => change[name] !== undefined)
  if (other) return refuse(`The memory backend has no ${other}: use a running simulator.`)
  const { line_item: line } = change
  const index = line ? page.session.lineItems.findIndex(({ id }) => id === line.id) : -1
  if (line && !page.lines[index]?.isAdjustable) return refuse('The quantity of this line item cannot be adjusted.')
  const lines = page.lines.map((each, at) => (line && at === index ? { ...each, quantity: line.quantity } : each))
  const session = { ...repriced(page.session, lines), ...told(change) }
  return { ...page, lines, session: { ...session, canConfirm: session.email !== null } }
}

/** The page as its payment leaves it. */
export const settledPage = (page: MemoryPage, asked: string | null, error: StripeError | null): MemoryPage => {
  const isPaid = asked === null && error === null
  const { session } = page
  return {
    ...page,
    asked_intent: asked,
    session: {
      ...session,
      lastPaymentError: error ? { message: error.message ?? '' } : null,
      status: isPaid
        ? { type: 'complete', paymentStatus: page.needs_method ? 'paid' : 'no_payment_required' }
        : session.status,
    },
  }
}
