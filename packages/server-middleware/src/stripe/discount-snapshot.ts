import { z } from 'zod'
import type { RecurringDiscount } from '../domain/subscription.ts'
import { instantOrNull } from './read.ts'

const coupon = z.object({
  duration: z.enum(['once', 'repeating', 'forever']),
  percent_off: z.number().nullish(),
  amount_off: z.int().nullish(),
  currency: z.string().nullish(),
  currency_options: z.record(z.string(), z.object({ amount_off: z.int() })).nullish(),
  applies_to: z.object({ products: z.array(z.string()) }).nullish(),
})

/** Since clover (2025-09) the coupon is the source's, before that the discount's. */
const discount = z.object({
  coupon: z.unknown().optional(),
  source: z.object({ coupon: z.unknown() }).nullish(),
  end: instantOrNull,
})

/** Of a subscription's items: their ids, and what they sell. */
export type DiscountedItem = { id: string; product: string | null }
type Owner = { currency: string; items: readonly DiscountedItem[] }

/**
 * The discounts of a subscription that go on. One that is good for one invoice is none here; nor is one of which only the
 * name is there, since a figure for reports is no reason to refuse a subscription.
 */
export const toDiscounts = (objects: readonly unknown[], owner: Owner): readonly RecurringDiscount[] =>
  objects.flatMap((object) => {
    const { success, data } = discount.safeParse(object)
    const found = success ? coupon.safeParse(data.source?.coupon ?? data.coupon).data : undefined
    const off = found && found.duration !== 'once' ? toOff(found, owner.currency) : null
    if (!found || !off || !data) return []
    return [{ off, endsAt: data.end, providerItemIds: itemsOf(found, owner) }]
  })

type Coupon = z.output<typeof coupon>

const toOff = (found: Coupon, currency: string): RecurringDiscount['off'] | null => {
  if (found.percent_off) return { percent: found.percent_off }
  const amountMinor = found.currency === currency ? found.amount_off : found.currency_options?.[currency]?.amount_off
  return amountMinor ? { amountMinor } : null
}

const itemsOf = ({ applies_to }: Coupon, { items }: Owner): readonly string[] | null =>
  applies_to
    ? items.filter(({ product }) => product !== null && applies_to.products.includes(product)).map(({ id }) => id)
    : null
