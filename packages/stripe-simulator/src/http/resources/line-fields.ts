/** What an item of an invoice and a line of one take alike. */
export const lineFields = [
  'amount',
  'description',
  'discountable',
  'discounts',
  'metadata',
  'period',
  'price_data',
  'pricing',
  'quantity',
  'tax_rates',
] as const
