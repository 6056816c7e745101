import type { LineTax, TaxRate } from './objects/tax.ts'

/** What is collected where: a few places, at their standard rates, so that a line of tax can be seen. */
export interface TaxRule {
  readonly country: string
  readonly state: string | null
  readonly percentage: number
  readonly name: string
  readonly type: 'gst' | 'sales_tax' | 'vat'
}

export interface TaxAddress {
  readonly country?: string | null
  readonly state?: string | null
}

const vat: Readonly<Record<string, number>> = {
  AT: 20,
  BE: 21,
  CH: 8.1,
  DE: 19,
  DK: 25,
  ES: 21,
  FI: 25.5,
  FR: 20,
  GB: 20,
  IE: 23,
  IT: 22,
  NL: 21,
  NO: 25,
  PL: 23,
  PT: 23,
  SE: 25,
}

const gst: Readonly<Record<string, number>> = { AU: 10, CA: 5, NZ: 15, SG: 9 }

const sales: Readonly<Record<string, number>> = { CA: 7.25, NY: 4, TX: 6.25, WA: 6.5 }

export const taxRuleFor = ({ country, state }: TaxAddress): TaxRule | undefined => {
  const code = country ?? ''
  const inState = code === 'US' ? sales[state ?? ''] : undefined
  if (inState !== undefined) {
    return { country: code, state: state ?? null, percentage: inState, name: 'Sales tax', type: 'sales_tax' }
  }
  if (vat[code] !== undefined) return { country: code, state: null, percentage: vat[code], name: 'VAT', type: 'vat' }
  if (gst[code] !== undefined) return { country: code, state: null, percentage: gst[code], name: 'GST', type: 'gst' }
  return undefined
}

const precision = 10_000

/** The tax on an amount, or in it. A credit carries its tax back. Halves go up. */
export const taxOn = (amount: number, percentage: number, inclusive: boolean): number => {
  const rate = Math.round(percentage * precision)
  const base = 100 * precision + (inclusive ? rate : 0)
  const tax = Math.round((Math.abs(amount) * rate) / base)
  return amount < 0 && tax !== 0 ? -tax : tax
}

/** What one rate makes of a line. */
export const lineTax = (
  rate: Pick<TaxRate, 'id' | 'inclusive'>,
  { amount, taxable, reason }: { readonly amount: number; readonly taxable: number; readonly reason: string },
): LineTax => ({
  amount,
  tax_behavior: rate.inclusive ? 'inclusive' : 'exclusive',
  tax_rate_details: { tax_rate: rate.id },
  taxability_reason: reason,
  taxable_amount: taxable,
  type: 'tax_rate_details',
})
