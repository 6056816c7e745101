import type Stripe from 'stripe'

/** Every route of tax ids and tax rates, and a subscription that is taxed. */
export const callTax = async (stripe: Stripe, price: string): Promise<void> => {
  const address = { country: 'DE', postal_code: '10115', line1: 'Street 1', city: 'Berlin' }
  const { id } = await stripe.customers.create({ address, tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }] })
  const taxId = await stripe.customers.createTaxId(id, { type: 'us_ein', value: '12-3456789' })
  await stripe.customers.retrieveTaxId(id, taxId.id)
  await stripe.customers.listTaxIds(id)
  await stripe.customers.retrieve(id, { expand: ['tax_ids'] })
  await stripe.customers.deleteTaxId(id, taxId.id)
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
  await stripe.customers.update(id, {
    invoice_settings: {
      default_payment_method: method.id,
      footer: 'Thanks',
      custom_fields: [{ name: 'PO', value: '7' }],
    },
  })
  const taxed = { customer: id, items: [{ price }], automatic_tax: { enabled: true } }
  await stripe.subscriptions.create({ ...taxed, expand: ['latest_invoice'] })
  const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 7.7 })
  await stripe.taxRates.update(rate.id, { active: false })
  await stripe.taxRates.retrieve(rate.id)
  await stripe.taxRates.list({ inclusive: false })
}
