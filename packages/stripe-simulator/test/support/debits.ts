import type Stripe from 'stripe'
import type { SimulatorOptions } from '../../src/index.ts'
import { type OpenSimulator, openSimulator } from './open-simulator.ts'

const return_url = 'https://example.com/back'

const mandate_data: NonNullable<Stripe.PaymentIntentCreateParams['mandate_data']> = {
  customer_acceptance: { type: 'online', online: { ip_address: '127.0.0.1', user_agent: 'test' } },
}

/** An account that has turned bank debits on. */
export const openDebits = (settings: SimulatorOptions['settings'] = {}): Promise<OpenSimulator> =>
  openSimulator({ settings: { paymentMethods: ['card', 'us_bank_account', 'sepa_debit'], ...settings } })

/** Ten dollars or euros, confirmed by a server that has the customer's consent. */
export const pays = ({ stripe }: OpenSimulator, payment_method: string): Promise<Stripe.PaymentIntent> =>
  stripe.paymentIntents.create({
    amount: 1000,
    currency: payment_method.includes('usBank') ? 'usd' : 'eur',
    confirm: true,
    payment_method,
    mandate_data,
    return_url,
  })

/** The types of events from a first one on, in order. */
export const eventsFrom = ({ simulator }: OpenSimulator, first: string): string[] => {
  const types = simulator.objects('event').map(({ type }) => type)
  return types.reverse().slice(types.indexOf(first))
}

/** A customer whose bank account is verified and saved, as a SetupIntent does it. */
export const createDebtor = async ({ stripe }: OpenSimulator, account: string): Promise<Stripe.Customer> => {
  const customer = await stripe.customers.create({ email: 'ada@example.com', name: 'Ada' })
  const params = { customer: customer.id, payment_method: account, confirm: true, mandate_data, return_url }
  const asked = await stripe.setupIntents.create(params)
  if (asked.status === 'requires_action') await stripe.setupIntents.verifyMicrodeposits(asked.id, { amounts: [32, 45] })
  const { payment_method } = await stripe.setupIntents.retrieve(asked.id)
  const invoice_settings = { default_payment_method: String(payment_method) }
  return stripe.customers.update(customer.id, { invoice_settings })
}

const holder = { name: 'Ada', email: 'ada@example.com' }

/** An IBAN as it is typed on a hosted page. */
export const iban = (number: string) => ({
  ...holder,
  bankDebit: { type: 'sepa_debit' as const, iban: number, ...holder },
})

/** A US account as it is typed on a hosted page. */
export const account = (accountNumber: string) => ({
  ...holder,
  bankDebit: { type: 'us_bank_account' as const, routingNumber: '110000000', accountNumber, ...holder },
})
