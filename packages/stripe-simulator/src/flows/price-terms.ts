import { minimumAmount } from '../domain/currency.ts'
import { invalidRequest, missingParam } from '../domain/failure.ts'
import type { CurrencyOption, CustomAmount, Price, TaxBehavior, Tier } from '../domain/objects/catalog.ts'

interface CustomAmountInput extends Partial<Record<keyof CustomAmount, number>> {
  readonly enabled: boolean
}

interface AmountInput {
  readonly unit_amount?: number
  readonly unit_amount_decimal?: string
}

export interface TierInput extends AmountInput {
  readonly up_to: number | 'inf'
  readonly flat_amount?: number
  readonly flat_amount_decimal?: string
}

/** How a price makes an amount of a quantity. */
export interface PriceTerms extends AmountInput {
  readonly billing_scheme?: 'per_unit' | 'tiered'
  readonly currency: string
  readonly custom_unit_amount?: CustomAmountInput
  readonly tiers?: readonly TierInput[]
  readonly tiers_mode?: 'graduated' | 'volume'
  readonly transform_quantity?: { readonly divide_by: number; readonly round: 'down' | 'up' }
}

type Money = Pick<Price, 'unit_amount' | 'unit_amount_decimal'>

const decimal = /^\d+(\.\d{1,12})?$/

const wholeOrNull = (text: string): number | null => (/^\d+(\.0*)?$/.test(text) ? Math.trunc(Number(text)) : null)

const moneyOf = (amount: number | undefined, text: string | undefined, param: string): Money => {
  if (amount !== undefined && text !== undefined) {
    throw invalidRequest(`You may only specify one of these parameters: ${param}, ${param}_decimal.`, { param })
  }
  if (amount !== undefined && amount < 0) {
    throw invalidRequest('Invalid non-negative integer', { param, code: 'parameter_invalid_integer' })
  }
  if (text === undefined) return { unit_amount: amount ?? null, unit_amount_decimal: amount?.toString() ?? null }
  if (!decimal.test(text)) {
    throw invalidRequest(`Invalid decimal: ${text}; must contain at maximum 12 decimal places.`, {
      param: param.endsWith(']') ? `${param.slice(0, -1)}_decimal]` : `${param}_decimal`,
    })
  }
  return { unit_amount: wholeOrNull(text), unit_amount_decimal: text }
}

const tierOf = (input: TierInput, param: string): Tier => {
  const unit = moneyOf(input.unit_amount, input.unit_amount_decimal, `${param}[unit_amount]`)
  const flat = moneyOf(input.flat_amount, input.flat_amount_decimal, `${param}[flat_amount]`)
  if (unit.unit_amount_decimal === null && flat.unit_amount_decimal === null) {
    throw invalidRequest('Each tier needs a `unit_amount` or a `flat_amount`.', { param })
  }
  return {
    ...unit,
    flat_amount: flat.unit_amount,
    flat_amount_decimal: flat.unit_amount_decimal,
    up_to: input.up_to === 'inf' ? null : input.up_to,
  }
}

/** Tiers in ascending order, the last without an end. */
const tiersOf = (inputs: readonly TierInput[], param: string): readonly Tier[] => {
  const tiers = inputs.map((input, index) => tierOf(input, `${param}[${index}]`))
  const [last] = tiers.slice(-1)
  const bounds = tiers.slice(0, -1).map(({ up_to }) => up_to)
  if (!last || last.up_to !== null) {
    throw invalidRequest('The last tier must have `up_to` set to `inf`.', { param })
  }
  if (bounds.some((bound, index) => bound === null || bound <= (bounds[index - 1] ?? 0))) {
    throw invalidRequest('The `up_to` of tiers must be in ascending order.', { param })
  }
  return tiers
}

const tieredOf = (input: PriceTerms): Partial<Price> => {
  if (input.tiers_mode === undefined) throw missingParam('tiers_mode')
  if (input.tiers === undefined) throw missingParam('tiers')
  if (input.unit_amount !== undefined || input.unit_amount_decimal !== undefined) {
    throw invalidRequest('A tiered price has no `unit_amount` of its own.', { param: 'unit_amount' })
  }
  if (input.transform_quantity !== undefined) {
    throw invalidRequest('`transform_quantity` cannot be combined with `tiers`.', { param: 'transform_quantity' })
  }
  const $tiers = tiersOf(input.tiers, 'tiers')
  return {
    billing_scheme: 'tiered',
    tiers_mode: input.tiers_mode,
    unit_amount: null,
    unit_amount_decimal: null,
    $tiers,
  }
}

/** The fields of a price that say what it costs, checked. */
export const termsOf = (input: PriceTerms): Partial<Price> => {
  if (input.billing_scheme === 'tiered') return tieredOf(input)
  if (input.tiers !== undefined || input.tiers_mode !== undefined) {
    throw invalidRequest('`tiers` can only be set when `billing_scheme` is `tiered`.', { param: 'tiers' })
  }
  return { billing_scheme: 'per_unit', transform_quantity: input.transform_quantity ?? null, ...unitOf(input) }
}

type Unit = Money & { readonly custom_unit_amount: CustomAmount | null }

const isBetween = (value: number, { minimum, maximum }: CustomAmount): boolean =>
  value >= (minimum ?? 0) && value <= (maximum ?? Number.POSITIVE_INFINITY)

/** An amount that the buyer chooses, within its bounds. */
const customOf = (
  { enabled: _enabled, ...given }: CustomAmountInput,
  currency: string,
  param: string,
): CustomAmount => {
  const custom = { maximum: null, minimum: null, preset: null, ...given }
  const least = minimumAmount(currency)
  if (custom.minimum !== null && custom.minimum < least) {
    throw invalidRequest(`The minimum must be at least ${least}, the least that can be charged.`, {
      param: `${param}[minimum]`,
    })
  }
  for (const name of ['maximum', 'preset'] as const) {
    const value = custom[name]
    if (value === null || isBetween(value, custom)) continue
    throw invalidRequest('The amount is not between the minimum and the maximum.', {
      param: `${param}[${name}]`,
    })
  }
  return custom
}

/** One amount for each unit, or one that the buyer chooses. */
const unitOf = (input: AmountInput & Pick<PriceTerms, 'currency' | 'custom_unit_amount'>, path?: string): Unit => {
  const param = (name: string): string => (path === undefined ? name : `${path}[${name}]`)
  const money = moneyOf(input.unit_amount, input.unit_amount_decimal, param('unit_amount'))
  if (input.custom_unit_amount?.enabled !== true) {
    if (money.unit_amount_decimal === null) throw missingParam(param('unit_amount'))
    return { ...money, custom_unit_amount: null }
  }
  if (money.unit_amount_decimal !== null) {
    throw invalidRequest('You may only specify one of these parameters: unit_amount, custom_unit_amount.', {
      param: param('custom_unit_amount'),
    })
  }
  const custom = customOf(input.custom_unit_amount, input.currency, param('custom_unit_amount'))
  return { ...money, custom_unit_amount: custom }
}

export interface OptionInput extends AmountInput {
  readonly custom_unit_amount?: CustomAmountInput
  readonly tax_behavior?: TaxBehavior
  readonly tiers?: readonly TierInput[]
}

const optionTiers = ({ tiers }: OptionInput, param: string): Pick<CurrencyOption, 'tiers'> => {
  if (tiers === undefined) throw missingParam(param)
  return { tiers: tiersOf(tiers, param) }
}

/** What a price costs in another currency: in the same scheme. */
export const optionOf = (tiered: boolean, currency: string, input: OptionInput): CurrencyOption => {
  const tax_behavior = input.tax_behavior ?? 'unspecified'
  const path = `currency_options[${currency}]`
  if (!tiered) return { tax_behavior, ...unitOf({ ...input, currency }, path) }
  const tiers = optionTiers(input, `${path}[tiers]`)
  return { custom_unit_amount: null, tax_behavior, unit_amount: null, unit_amount_decimal: null, ...tiers }
}
