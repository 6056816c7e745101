import type Stripe from 'stripe'
import { createPayer } from './catalog.ts'
import type { OpenSimulator } from './open-simulator.ts'

export interface Bill {
  readonly paid: boolean
  readonly amount?: number
  readonly quantity?: number
  readonly balance?: number
  readonly tax?: 'exclusive' | 'inclusive'
  readonly percentOff?: number
}

/** An invoice of one line, by default over 3 × 10.00. */
export const billed = async ({ stripe }: OpenSimulator, bill: Bill): Promise<Stripe.Invoice> => {
  const { paid, amount = 1000, quantity = 3, balance = 0, tax, percentOff } = bill
  const { id: product } = await stripe.products.create({ name: 'Seat' })
  const price = await stripe.prices.create({
    product,
    currency: 'usd',
    unit_amount: amount,
    recurring: { interval: 'month' },
    ...(tax ? { tax_behavior: tax } : {}),
  })
  const { id: customer } = await createPayer(stripe)
  await stripe.customers.update(customer, { balance, address: { country: 'DE' } })
  const coupon = percentOff ? await stripe.coupons.create({ percent_off: percentOff }) : undefined
  const { latest_invoice } = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id, quantity }],
    automatic_tax: { enabled: tax !== undefined },
    payment_behavior: paid ? 'allow_incomplete' : 'default_incomplete',
    ...(coupon ? { discounts: [{ coupon: coupon.id }] } : {}),
    expand: ['latest_invoice.payments'],
  })
  return latest_invoice as Stripe.Invoice
}

export const idOf = ({ id }: Stripe.Invoice): string => id ?? ''

export const lineOf = ({ lines }: Stripe.Invoice) => ({
  type: 'invoice_line_item' as const,
  invoice_line_item: lines.data[0]?.id ?? '',
})
