import { invalidRequest } from '../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../domain/metadata.ts'
import type { Customer, PaymentMethod } from '../domain/objects/customer.ts'
import { type ShippingInput, shippedTo, unset, wholeAddress } from '../domain/shipping.ts'
import type { World } from '../world.ts'
import { accountCurrency, adjustBalance, bookInitialBalance } from './balance.ts'
import { type CashBalanceInput, reconciled } from './cash-balance.ts'
import { checkNumbering } from './invoices/numbering.ts'
import { attachPaymentMethod, findPaymentMethod } from './payments/payment-methods.ts'
import { addTaxId, type TaxIdInput } from './tax/tax-ids.ts'
import { clockToJoin } from './test-clocks/clocks.ts'

type Settings = Customer['invoice_settings']

export interface CustomerInput {
  readonly balance?: number
  readonly cash_balance?: CashBalanceInput
  readonly invoice_settings?: Partial<Settings>
  readonly metadata?: MetadataInput
  readonly payment_method?: string
  readonly email?: string
  readonly invoice_prefix?: string
  readonly name?: string
  readonly next_invoice_sequence?: number
  readonly tax_id_data?: readonly TaxIdInput[]
  readonly test_clock?: string
  readonly [field: string]: unknown
}

const noSettings: Settings = {
  custom_fields: null,
  default_payment_method: null,
  footer: null,
  rendering_options: null,
}

const written = ({
  cash_balance: _c,
  metadata: _m,
  expand: _e,
  invoice_settings: _i,
  payment_method: _p,
  tax_id_data: _t,
  test_clock: _k,
  ...fields
}: CustomerInput) =>
  unset({
    ...fields,
    ...(fields.address ? { address: wholeAddress(fields.address) } : {}),
    ...(fields.shipping ? { shipping: shippedTo(fields.shipping as ShippingInput) } : {}),
  })

/** A default method has to be attached to the customer. */
const refuseForeignMethod = (method: PaymentMethod | undefined, id: string, customerId: string | undefined): void => {
  if (method && method.customer !== null && method.customer === customerId) return
  throw invalidRequest(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    { code: 'resource_missing', param: 'invoice_settings[default_payment_method]' },
  )
}

const settingsOf = (world: World, input: CustomerInput, customer: Customer | undefined): Settings => {
  const given = unset(input.invoice_settings ?? {})
  const id = given.default_payment_method
  if (typeof id === 'string') refuseForeignMethod(world.store.get('payment_method', id), id, customer?.id)
  return { ...(customer?.invoice_settings ?? noSettings), ...given }
}

const prefixOf = (world: World): string => world.ids.secret('invoice_prefix').slice(0, 8).toUpperCase()

const firstSettings = (world: World, input: CustomerInput, method: PaymentMethod | undefined): Settings => {
  const asked = input.invoice_settings?.default_payment_method
  if (method && asked === input.payment_method) return { ...noSettings, default_payment_method: method.id }
  return settingsOf(world, input, undefined)
}

export const createCustomer = (world: World, input: CustomerInput): Customer => {
  checkNumbering(world, input, undefined)
  const method = input.payment_method === undefined ? undefined : findPaymentMethod(world, input.payment_method)
  const customer = world.insert(
    'customer',
    {
      address: null,
      balance: 0,
      currency: input.balance ? accountCurrency : null,
      delinquent: false,
      discount: null,
      name: null,
      phone: null,
      preferred_locales: [],
      tax_exempt: 'none',
      test_clock: input.test_clock === undefined ? null : clockToJoin(world, input.test_clock).id,
      invoice_prefix: prefixOf(world),
      next_invoice_sequence: 1,
      ...written(input),
      invoice_settings: firstSettings(world, input, method),
      ...reconciled(input),
      metadata: mergeMetadata({}, input.metadata),
    },
    'customer.created',
  )
  bookInitialBalance(world, customer)
  for (const taxId of input.tax_id_data ?? []) addTaxId(world, customer.id, taxId)
  if (method) attachPaymentMethod(world, method, customer.id)
  return customer
}

export const updateCustomer = (world: World, customer: Customer, input: CustomerInput): Customer => {
  checkNumbering(world, input, customer)
  const changes = {
    ...written(input),
    ...reconciled(input),
    invoice_settings: settingsOf(world, input, customer),
    metadata: mergeMetadata(customer.metadata, input.metadata),
    ...adjustBalance(world, customer, input.balance ?? customer.balance),
  }
  return world.update(customer, changes, 'customer.updated')
}
