import type Stripe from 'stripe'

export const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000)

export const isoOf = (time: number | null | undefined): string => new Date((time ?? 0) * 1000).toISOString()

/** A customer of a test clock, with a card. */
export const createClockPayer = async (
  stripe: Stripe,
  test_clock: string,
  card = 'pm_card_visa',
): Promise<Stripe.Customer> => {
  const { id: customer } = await stripe.customers.create({ email: 'clock@example.com', test_clock })
  const { id } = await stripe.paymentMethods.attach(card, { customer })
  return stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } })
}

/** Moves a test clock and waits until it has arrived. */
export const advanceTo = async (
  stripe: Stripe,
  clock: string,
  frozen_time: number,
): Promise<Stripe.TestHelpers.TestClock> => {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time })
  for (;;) {
    const found = await stripe.testHelpers.testClocks.retrieve(clock)
    if (found.status !== 'advancing') return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
