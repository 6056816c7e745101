import { invalidRequest } from '../../domain/failure.ts'
import type { Invoice, InvoiceTerms } from '../../domain/objects/invoice.ts'
import type { ConnectTerms } from '../../domain/objects/payment.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { isPlatform, type World } from '../../world.ts'
import { checkDestination, checkMerchant, type Named, noTerms } from './terms.ts'

export interface SubscriptionTermsInput {
  readonly application_fee_percent?: number | ''
  readonly on_behalf_of?: string
  readonly transfer_data?: { readonly amount_percent?: number; readonly destination: string } | ''
}

export type SubscriptionTerms = Pick<Subscription, 'application_fee_percent' | 'on_behalf_of' | 'transfer_data'>

export const subscriptionTermsParams = ['application_fee_percent', 'on_behalf_of', 'transfer_data'] as const

const none: SubscriptionTerms = { application_fee_percent: null, on_behalf_of: null, transfer_data: null }

const checkPercent = (percent: number | null | undefined, param: string): void => {
  if (percent === null || percent === undefined) return
  const hundredths = percent * 100
  if (percent >= 0 && percent <= 100 && Math.abs(hundredths - Math.round(hundredths)) < 1e-9) return
  throw invalidRequest('Invalid decimal: must be between 0 and 100, with at most two decimal places.', { param })
}

const check = (world: World, terms: SubscriptionTerms, named: Named): void => {
  const { application_fee_percent: percent, transfer_data, on_behalf_of } = terms
  const at = (name: string): string => (named.within === undefined ? name : `${named.within}[${name}]`)
  checkPercent(percent, at('application_fee_percent'))
  if (transfer_data) {
    checkDestination(world, transfer_data.destination, named)
    checkPercent(transfer_data.amount_percent, `${at('transfer_data')}[amount_percent]`)
  }
  checkMerchant(world, on_behalf_of, named)
  if (percent === null) return
  if (isPlatform(world) && transfer_data === null) {
    throw invalidRequest(
      'Can only apply an application_fee_percent when the request is made on behalf of another account (using an OAuth key or the Stripe-Account header), or with `transfer_data[destination]`.',
      { param: at('application_fee_percent') },
    )
  }
  if (typeof transfer_data?.amount_percent !== 'number') return
  throw invalidRequest(
    'You may only specify one of these parameters: application_fee_percent, transfer_data[amount_percent].',
    { param: at('application_fee_percent') },
  )
}

const transferOf = (
  old: SubscriptionTerms['transfer_data'],
  given: SubscriptionTermsInput['transfer_data'],
): SubscriptionTerms['transfer_data'] => {
  if (given === undefined) return old
  return given === '' ? null : { amount_percent: null, ...given }
}

export interface SubscriptionTermsChange extends Named {
  readonly old?: SubscriptionTerms
  readonly input: SubscriptionTermsInput
}

const percentOf = (old: number | null, given: number | '' | undefined): number | null => {
  if (given === undefined) return old
  return given === '' ? null : given
}

const changed = (old: SubscriptionTerms, input: SubscriptionTermsInput): SubscriptionTerms => ({
  application_fee_percent: percentOf(old.application_fee_percent, input.application_fee_percent),
  on_behalf_of: input.on_behalf_of === undefined ? old.on_behalf_of : input.on_behalf_of || null,
  transfer_data: transferOf(old.transfer_data, input.transfer_data),
})

/** How a subscription's payments are shared, as was agreed when its session was opened. */
export const agreedTerms = (input: SubscriptionTermsInput): SubscriptionTerms => changed(none, input)

/** How a subscription's payments are shared, with what a request changes of it; Stripe's refusal, if it would not do. */
export const subscriptionTerms = (
  world: World,
  { old = none, input, ...named }: SubscriptionTermsChange,
): SubscriptionTerms => {
  const terms = changed(old, input)
  if (subscriptionTermsParams.some((name) => input[name] !== undefined)) check(world, terms, named)
  return terms
}

/** What an invoice takes over of its subscription when it is drafted. */
export const invoiceTermsOf = ({ application_fee_percent, transfer_data }: SubscriptionTerms): InvoiceTerms => {
  const percent = transfer_data?.amount_percent ?? undefined
  return {
    ...(application_fee_percent === null ? {} : { application_fee_percent }),
    ...(transfer_data
      ? {
          transfer_data: {
            destination: transfer_data.destination,
            ...(percent === undefined ? {} : { amount_percent: percent }),
          },
        }
      : {}),
  }
}

const ofAmount = (amount: number, percent: number | undefined): number | undefined =>
  percent === undefined ? undefined : Math.round((amount * percent) / 100)

/** The terms of a payment over an amount: percentages are of what is really charged. */
export const sharedPayment = (terms: InvoiceTerms, merchant: string | null, amount: number): ConnectTerms => {
  const { transfer_data } = terms
  const fee = terms.application_fee_amount ?? ofAmount(amount, terms.application_fee_percent)
  const sent = transfer_data?.amount ?? ofAmount(amount, transfer_data?.amount_percent)
  return {
    ...noTerms,
    application_fee_amount: fee ?? null,
    on_behalf_of: merchant,
    transfer_data: transfer_data
      ? { destination: transfer_data.destination, ...(sent === undefined ? {} : { amount: Math.min(sent, amount) }) }
      : null,
  }
}

export const invoicePayment = ({ $terms = {}, on_behalf_of, amount_due }: Invoice): ConnectTerms =>
  sharedPayment($terms, on_behalf_of, amount_due)
