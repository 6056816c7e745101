import { invalidRequest } from '../../domain/failure.ts'
import type { TaxId } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'

export interface TaxIdInput {
  readonly type: string
  readonly value: string
}

const formats: Readonly<Record<string, RegExp>> = {
  au_abn: /^\d{11}$/,
  ch_vat: /^CHE[\d.-]{9,12} ?(MWST|TVA|IVA)$/,
  eu_vat: /^[A-Z]{2}[A-Z0-9]{2,12}$/,
  gb_vat: /^(GB)?(\d{9}|\d{12})$/,
  us_ein: /^\d{2}-?\d{7}$/,
}

const countryOf = ({ type, value }: TaxIdInput): string =>
  type === 'eu_vat' ? value.slice(0, 2).replace('EL', 'GR') : type.slice(0, 2).toUpperCase()

const checkable = ['au_abn', 'eu_vat', 'gb_vat']

/** Stripe checks these against the authorities, later. */
const verificationOf = (type: string) => ({
  status: checkable.includes(type) ? 'pending' : 'unavailable',
  verified_address: null,
  verified_name: null,
})

/** A tax id that cannot be one is refused. */
export const checkTaxId = ({ type, value }: TaxIdInput): void => {
  if (formats[type]?.test(value) !== false) return
  throw invalidRequest(`Invalid value for ${type}.`, { code: 'tax_id_invalid', param: 'value' })
}

export const addTaxId = (world: World, customer: string, input: TaxIdInput): TaxId => {
  const { type, value } = input
  checkTaxId(input)
  return world.insert(
    'tax_id',
    {
      country: countryOf(input),
      customer,
      owner: { customer, customer_account: null, type: 'customer' },
      type,
      value,
      verification: verificationOf(type),
    },
    'customer.tax_id.created',
  )
}

export const taxIdsOf = (world: World, customer: string): TaxId[] =>
  world.store.all('tax_id').filter((each) => each.customer === customer)

/** Tax ids as invoices and sessions quote them. */
export const quotedTaxIds = (world: World, customer: string): TaxIdInput[] =>
  taxIdsOf(world, customer).map(({ type, value }) => ({ type, value }))
