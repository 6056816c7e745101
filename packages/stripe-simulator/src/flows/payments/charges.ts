import { behaviourOf, type Refusal } from '../../domain/card.ts'
import type { CardMethod, PaymentMethod } from '../../domain/objects/customer.ts'
import type { Charge, ConnectTerms, PaymentIntent } from '../../domain/objects/payment.ts'
import { capturesLater } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { book, type FeePart } from '../connect/book.ts'
import { directFee, passOn, payStripe } from '../connect/pass-on.ts'
import { debitDetails } from './debit-details.ts'

/** Raising an authorization is for accounts that pay by interchange, and has to be asked for. */
const canIncrement = ({ settings }: World, intent: PaymentIntent): boolean =>
  settings.interchangePlus &&
  capturesLater(intent) &&
  intent.payment_method_options.card?.request_incremental_authorization === 'if_available'

const cardDetails = (world: World, method: CardMethod, intent: PaymentIntent) => {
  const { brand, country, exp_month, exp_year, fingerprint, last4 } = method.card
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country,
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      extended_authorization: { status: 'disabled' },
      fingerprint,
      funding: 'credit',
      incremental_authorization: { status: canIncrement(world, intent) ? 'available' : 'unavailable' },
      installments: null,
      last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

const accepted = {
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: 'approved_by_network',
  reason: null,
  risk_level: 'normal',
  risk_score: 12,
  seller_message: 'Payment complete.',
  type: 'authorized',
}

const refused = (refusal: Refusal) => ({
  ...accepted,
  network_status: 'declined_by_network',
  reason: refusal.declineCode ?? refusal.code,
  seller_message: 'The bank did not return any further details with this decline.',
  type: 'issuer_declined',
})

type Described = Readonly<Record<string, unknown>>

/** Payments that go to a destination form a group, unless they are in one. */
const groupOf = ({ id, transfer_data, transfer_group }: PaymentIntent): string | null =>
  transfer_group ?? (transfer_data ? `group_${id}` : null)

const termsOf = (intent: PaymentIntent): ConnectTerms => ({
  application_fee_amount: intent.application_fee_amount,
  on_behalf_of: intent.on_behalf_of,
  transfer_data: intent.transfer_data && { amount: null, ...intent.transfer_data },
  transfer_group: groupOf(intent),
})

/** What the cardholder reads on their statement. */
export const descriptorOf = ({
  statement_descriptor: whole,
  statement_descriptor_suffix: suffix,
}: Described): string => (typeof whole === 'string' ? whole : ['SIMULATED', ...(suffix ? [suffix] : [])].join('* '))

const common = (world: World, intent: PaymentIntent, method: PaymentMethod): Partial<Charge> => ({
  ...termsOf(intent),
  amount: intent.amount,
  billing_details: method.billing_details,
  calculated_statement_descriptor: descriptorOf(intent),
  currency: intent.currency,
  customer: intent.customer,
  description: intent.description,
  fraud_details: {},
  metadata: intent.metadata,
  payment_intent: intent.id,
  payment_method: method.id,
  payment_method_details: method.type === 'card' ? cardDetails(world, method, intent) : debitDetails(method),
  receipt_email: intent.receipt_email,
  shipping: intent.shipping ?? null,
  source: intent.source ?? null,
  statement_descriptor: intent.statement_descriptor ?? null,
  statement_descriptor_suffix: intent.statement_descriptor_suffix ?? null,
})

const capturedOf = (intent: PaymentIntent): Partial<Charge> =>
  capturesLater(intent) ? { amount_captured: 0, captured: false } : { amount_captured: intent.amount, captured: true }

const marksOf = (world: World, { $number }: PaymentMethod): Partial<Charge> => {
  const { disputed = false, bypassesPending = false } = behaviourOf($number) ?? {}
  return {
    ...(disputed ? { $disputesAt: world.now() } : {}),
    ...(bypassesPending ? { $bypassesPending: true } : {}),
  }
}

export const succeededCharge = (world: World, intent: PaymentIntent, method: PaymentMethod): Charge =>
  world.insert(
    'charge',
    {
      ...common(world, intent, method),
      ...capturedOf(intent),
      outcome: accepted,
      paid: true,
      status: 'succeeded',
      ...marksOf(world, method),
    },
    'charge.succeeded',
  )

/** A debit that is on its way. */
export const pendingCharge = (world: World, intent: PaymentIntent, debit: PendingDebit): Charge =>
  world.insert(
    'charge',
    {
      ...common(world, intent, debit.method),
      amount_captured: intent.amount,
      captured: true,
      outcome: accepted,
      status: 'pending',
      $debit: { at: debit.at, ...(debit.refusal ? { refusal: debit.refusal } : {}) },
    },
    'charge.pending',
  )

export interface PendingDebit {
  readonly method: PaymentMethod
  /** When the bank has decided; null for never. */
  readonly at: number | null
  readonly refusal?: Refusal | undefined
}

/** How a failed charge differs from one that is not. */
export const failureOf = (refusal: Refusal): Partial<Charge> => ({
  failure_code: refusal.code,
  failure_message: refusal.message,
  outcome: refused(refusal),
  paid: false,
  status: 'failed',
})

export interface FailedCharge {
  readonly intent: PaymentIntent
  readonly method: PaymentMethod
  readonly refusal: Refusal
}

export const failedCharge = (world: World, { intent, method, refusal }: FailedCharge): Charge =>
  world.insert(
    'charge',
    {
      ...common(world, intent, method),
      ...failureOf(refusal),
    },
    'charge.failed',
  )

/** Bank debits cost less than cards, and only so much. */
const feeOf = ({ amount_captured: amount, payment_method_details: details }: Charge): number => {
  const { type } = details as { readonly type: string }
  if (type === 'us_bank_account') return Math.min(500, Math.round((amount * 8) / 1000))
  if (type === 'sepa_debit') return Math.min(600, Math.round((amount * 8) / 1000))
  return Math.round((amount * 29) / 1000) + 30
}

const stripeFee = (charge: Charge): FeePart => ({
  amount: feeOf(charge),
  application: null,
  currency: charge.currency,
  description: 'Stripe processing fees',
  type: 'stripe_fee',
})

const pendingSeconds = 2 * 86_400

/** The charge's money arrives in the balance, and goes on to whom it is for: the last thing that is heard of a payment. */
export const settleCharge = (world: World, chargeId: string): void => {
  const charge = world.need('charge', chargeId)
  if (charge.status !== 'succeeded' || !charge.captured || charge.balance_transaction !== null) return
  const { id: balance_transaction } = book(world, {
    amount: charge.amount_captured,
    available_on: world.now() + (charge.$bypassesPending === true ? 0 : pendingSeconds),
    currency: charge.currency,
    fees: [...payStripe(world, stripeFee(charge)), ...directFee(world, charge)],
    reporting_category: 'charge',
    source: charge.id,
    type: 'charge',
  })
  const passedOn = passOn(world, { ...charge, balance_transaction })
  world.update(charge, { balance_transaction, ...passedOn }, 'charge.updated')
}
