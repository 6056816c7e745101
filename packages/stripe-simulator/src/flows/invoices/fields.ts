import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import type { InvoiceTermsInput } from '../connect/invoice-terms.ts'
import type { DiscountInput } from '../discounts.ts'
import { usableRates } from '../invoice-items/create.ts'
import { checkMethod } from '../payments/payment-methods.ts'

interface Rendering {
  readonly amount_tax_display?: string
  readonly pdf?: { readonly page_size?: string }
}

/** What creating and updating an invoice have in common. */
export interface InvoiceInput extends InvoiceTermsInput {
  readonly auto_advance?: boolean
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly automatically_finalizes_at?: number
  readonly collection_method?: Invoice['collection_method']
  readonly custom_fields?: readonly { readonly name: string; readonly value: string }[] | ''
  readonly days_until_due?: number
  readonly default_payment_method?: string
  readonly default_tax_rates?: readonly string[] | ''
  readonly description?: string
  readonly discounts?: readonly DiscountInput[] | ''
  readonly due_date?: number
  readonly effective_at?: number | ''
  readonly footer?: string
  readonly metadata?: MetadataInput
  readonly number?: string
  readonly rendering?: Rendering
  readonly shipping_details?: { readonly address: object; readonly name: string; readonly phone?: string } | ''
  readonly statement_descriptor?: string
}

const texts = ['description', 'footer', 'number', 'statement_descriptor', 'effective_at'] as const

const textsOf = (input: InvoiceInput): Partial<Invoice> =>
  Object.fromEntries(texts.filter((name) => input[name] !== undefined).map((name) => [name, input[name] || null]))

const customFields = ({ custom_fields: given }: InvoiceInput): Partial<Invoice> => {
  if (given === undefined) return {}
  if (given.length > 4) {
    throw invalidRequest('An invoice can have at most 4 custom fields.', { param: 'custom_fields' })
  }
  return { custom_fields: given === '' ? null : given }
}

const emptyAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

const shippingOf = ({ shipping_details: given }: InvoiceInput): Partial<Invoice> => {
  if (given === undefined) return {}
  if (given === '') return { shipping_details: null }
  const { address, name, phone = null } = given
  return { shipping_details: { address: { ...emptyAddress, ...address }, name, phone: phone || null } }
}

const renderingOf = ({ rendering: given }: InvoiceInput): Partial<Invoice> => {
  if (given === undefined) return {}
  const pdf = given.pdf ? { page_size: given.pdf.page_size ?? 'auto' } : null
  return {
    rendering: { amount_tax_display: given.amount_tax_display || null, pdf, template: null, template_version: null },
  }
}

const refuseNumber = (world: World, number: string | undefined, id: string | undefined): void => {
  if (!number || !world.store.all('invoice').some((each) => each.number === number && each.id !== id)) return
  throw invalidRequest(`The number ${number} is already used by another invoice.`, { param: 'number' })
}

const refuseDescriptor = (text: string | undefined): void => {
  if (!text || /[a-z]/i.test(text)) return
  throw invalidRequest('The statement descriptor must contain at least one alphanumeric character.', {
    param: 'statement_descriptor',
  })
}

const methodOf = (world: World, input: InvoiceInput, customer: string): Partial<Invoice> => {
  const id = input.default_payment_method
  checkMethod(world, id, customer)
  return id === undefined ? {} : { default_payment_method: id || null }
}

const ratesOf = (world: World, input: InvoiceInput): Partial<Invoice> =>
  input.default_tax_rates === undefined
    ? {}
    : { default_tax_rates: usableRates(world, input.default_tax_rates, 'default_tax_rates') }

/** The fields that a request sets as they are. */
export const plainFields = (
  world: World,
  input: InvoiceInput,
  of: { readonly customer: string; readonly metadata: Invoice['metadata']; readonly id?: string },
): Partial<Invoice> => {
  refuseNumber(world, input.number, of.id)
  refuseDescriptor(input.statement_descriptor)
  return {
    ...textsOf(input),
    ...customFields(input),
    ...shippingOf(input),
    ...renderingOf(input),
    ...methodOf(world, input, of.customer),
    ...ratesOf(world, input),
    metadata: mergeMetadata(of.metadata, input.metadata),
  }
}
