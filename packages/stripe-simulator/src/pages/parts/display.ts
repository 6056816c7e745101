import { formatAmount } from '../../browser/format-amount.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import { type Html, html } from '../html.ts'

export const money = (amountMinor: number, currency: string): string => formatAmount(amountMinor, currency, 'en-US')

const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })
const moments = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })

export const day = (seconds: number): string => days.format(seconds * 1000)

/** A moment to the second, in UTC, and for machines. */
export const moment = (seconds: number): Html =>
  html`<time datetime="${new Date(seconds * 1000).toISOString()}">${moments.format(seconds * 1000)}</time>`

/** `per month`, `every 3 months`; nothing for what is bought once. */
export const cadence = ({ recurring }: Pick<Price, 'recurring'>): string => {
  if (!recurring) return ''
  const { interval, interval_count: count } = recurring
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`
}

/** `$29.00 per month`. */
export const priceInWords = (price: Price): string =>
  [price.unit_amount === null ? 'Price by use' : money(price.unit_amount, price.currency), cadence(price)]
    .filter((word) => word !== '')
    .join(' ')

/** `past_due` → `past due`. */
export const spoken = (code: string): string => code.replaceAll('_', ' ')
