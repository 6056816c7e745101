import type { PhaseTerms, SubscriptionSchedule, TermsInput } from '../../domain/objects/schedule.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { checkMethod } from '../payments/payment-methods.ts'
import { refuseOther } from '../refuse-other.ts'
import { subscriptionTax } from '../subscriptions/start.ts'
import { refuseUnlocated } from '../tax/invoice-tax.ts'

export const servedTerms = [
  'automatic_tax',
  'billing_cycle_anchor',
  'collection_method',
  'default_payment_method',
  'description',
  'invoice_settings',
]

const noInvoiceSettings = {
  account_tax_ids: null,
  custom_fields: null,
  days_until_due: null,
  description: null,
  footer: null,
  issuer: { type: 'self' },
}

export const blankTerms: PhaseTerms = {
  billing_cycle_anchor: null,
  collection_method: null,
  default_payment_method: null,
  description: null,
  invoice_settings: null,
}

interface Asked {
  readonly before: PhaseTerms
  readonly customer: string
  readonly param: string
}

const refuseTerms = (world: World, input: TermsInput, { customer, param }: Asked): void => {
  if (input.automatic_tax) refuseOther(input.automatic_tax, ['enabled'], `${param}[automatic_tax]`)
  if (input.invoice_settings) refuseOther(input.invoice_settings, ['days_until_due'], `${param}[invoice_settings]`)
  checkMethod(world, input.default_payment_method, customer)
  if (input.automatic_tax?.enabled === true) refuseUnlocated(world.need('customer', customer))
}

/** Terms from what a request says of them, and what they were before. */
export const termsOf = (world: World, input: TermsInput, asked: Asked): PhaseTerms => {
  const { before } = asked
  refuseTerms(world, input, asked)
  const days_until_due = input.invoice_settings?.days_until_due
  return {
    ...(before.automatic_tax ? { automatic_tax: before.automatic_tax } : {}),
    ...(input.automatic_tax ? { automatic_tax: subscriptionTax(input.automatic_tax.enabled) } : {}),
    billing_cycle_anchor: input.billing_cycle_anchor ?? before.billing_cycle_anchor,
    collection_method: input.collection_method ?? before.collection_method,
    default_payment_method: input.default_payment_method ?? before.default_payment_method,
    description: input.description === undefined ? before.description : input.description || null,
    invoice_settings:
      days_until_due === undefined
        ? before.invoice_settings
        : { ...noInvoiceSettings, ...before.invoice_settings, days_until_due },
  }
}

const unset = { application_fee_percent: null, billing_thresholds: null, on_behalf_of: null, transfer_data: null }

/** What holds for all phases of a schedule that do not say otherwise. */
export const defaultSettings = (
  world: World,
  input: TermsInput | undefined,
  { customer, before }: { readonly customer: string; readonly before?: SubscriptionSchedule['default_settings'] },
): SubscriptionSchedule['default_settings'] => {
  const terms = termsOf(world, input ?? {}, { before: before ?? blankTerms, customer, param: 'default_settings' })
  return {
    ...unset,
    ...terms,
    automatic_tax: terms.automatic_tax ?? subscriptionTax(false),
    billing_cycle_anchor: terms.billing_cycle_anchor ?? 'automatic',
    collection_method: terms.collection_method ?? 'charge_automatically',
    invoice_settings: terms.invoice_settings ?? noInvoiceSettings,
  }
}

export const settingsFrom = (subscription: Subscription): SubscriptionSchedule['default_settings'] => ({
  ...unset,
  automatic_tax: subscription.automatic_tax,
  billing_cycle_anchor: 'automatic',
  collection_method: subscription.collection_method,
  default_payment_method: subscription.default_payment_method,
  description: subscription.description,
  invoice_settings: { ...noInvoiceSettings, days_until_due: subscription.days_until_due },
})
