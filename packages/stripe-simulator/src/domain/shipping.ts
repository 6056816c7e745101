const emptyAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }

/** Empty texts as Stripe keeps them: not at all. */
export const unset = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === '' ? null : value]))

export const wholeAddress = (address: object): Record<string, unknown> => ({ ...emptyAddress, ...unset(address) })

export interface ShippingInput {
  readonly address: object
}

/** Where a customer has things sent. */
export const shippedTo = (shipping: ShippingInput): Record<string, unknown> => ({
  phone: null,
  ...unset(shipping),
  address: wholeAddress(shipping.address),
})

/** The same for one payment, with how it travels. */
export const shipmentTo = (shipping: ShippingInput): Record<string, unknown> => ({
  carrier: null,
  tracking_number: null,
  ...shippedTo(shipping),
})
