import type Stripe from 'stripe'
import { account, createDebtor, iban, pays } from '../debits.ts'
import type { OpenSimulator } from '../open-simulator.ts'

const success_url = 'https://example.com/thanks'

/** Every route and event of bank debits, in an account that has turned them on. */
export const callDebits = async (open: OpenSimulator): Promise<void> => {
  const { simulator, stripe } = open
  const intent = await pays(open, 'pm_usBankAccount_success')
  await stripe.paymentIntents.verifyMicrodeposits(intent.id, { descriptor_code: 'SM11AA' })
  const later = await pays(open, 'pm_successDelayed_de')
  await pays(open, 'pm_insufficientFunds_de')
  await pays(open, 'pm_disputed_de')
  const { id: customer } = await createDebtor(open, 'pm_usBankAccount_success')
  const [method] = (await stripe.customers.listPaymentMethods(customer)).data
  await stripe.paymentMethods.update(method?.id ?? '', { us_bank_account: { account_holder_type: 'company' } })
  await sellByDebit(open)
  await simulator.clock.advance({ hours: 1 })
  await stripe.paymentIntents.retrieve(later.id, { expand: ['latest_charge', 'payment_method'] })
  await stripe.refunds.create({ payment_intent: later.id })
  await stripe.charges.list()
  await stripe.disputes.list()
  await stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_success_de' })
}

const sellByDebit = async ({ simulator, stripe }: OpenSimulator): Promise<void> => {
  const { id: product } = await stripe.products.create({ name: 'Debited' })
  const sell = async (params: Partial<Stripe.PriceCreateParams>, account: object): Promise<void> => {
    const { id, type } = await stripe.prices.create({ product, currency: 'usd', unit_amount: 700, ...params })
    const line_items = [{ price: id, quantity: 1 }]
    const mode = type === 'recurring' ? 'subscription' : 'payment'
    const session = await stripe.checkout.sessions.create({ mode, line_items, success_url })
    simulator.core.payCheckoutSession(session.id, account)
    await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent', 'invoice', 'subscription'] })
  }
  await sell({}, account('000123456789'))
  await sell({ recurring: { interval: 'month' } }, account('000222222227'))
  await sell({ currency: 'eur' }, iban('DE89370400440532013000'))
}
