import type Stripe from 'stripe'
import { as, paid } from '../connect.ts'
import type { OpenSimulator } from '../open-simulator.ts'

const urls = { refresh_url: 'https://example.com/again', return_url: 'https://example.com/done' }

/** Every route of connected accounts, and what is sent to them. */
export const callConnect = async ({ simulator }: OpenSimulator, stripe: Stripe): Promise<void> => {
  const { id: account } = await stripe.accounts.create({ type: 'express', business_profile: { name: 'Bakery' } })
  await stripe.accountLinks.create({ account, type: 'account_onboarding', ...urls })
  simulator.core.onboardAccount(account)
  await stripe.accounts.update(account, { metadata: { a: '1' } })
  await stripe.accounts.retrieve(account)
  await stripe.accounts.list()
  await stripe.accounts.retrieveCurrent({}, as(account))
  const terms = { application_fee_amount: 100, transfer_data: { destination: account }, on_behalf_of: account }
  const intent = await stripe.paymentIntents.create({ ...paid, ...terms })
  const charge = await stripe.charges.retrieve(String(intent.latest_charge), {
    expand: [
      'transfer.destination_payment',
      'transfer.destination',
      'application_fee.account',
      'transfer_data.destination',
    ],
  })
  const { id: transfer } = charge.transfer as Stripe.Transfer
  const { id: fee } = charge.application_fee as Stripe.ApplicationFee
  const part = { payment_intent: intent.id, amount: 200, reverse_transfer: true, refund_application_fee: true }
  await stripe.refunds.create({ ...part, expand: ['transfer_reversal'] })
  await stripe.transfers.update(transfer, { description: 'Bread' })
  const reversal = await stripe.transfers.createReversal(transfer, {
    amount: 100,
    expand: ['destination_payment_refund'],
  })
  await stripe.transfers.updateReversal(transfer, reversal.id, { metadata: { a: '1' } })
  await stripe.transfers.retrieveReversal(transfer, reversal.id, { expand: ['transfer'] })
  await stripe.transfers.listReversals(transfer)
  await stripe.transfers.retrieve(transfer, { expand: ['balance_transaction', 'source_transaction'] })
  await stripe.transfers.create({
    amount: 50,
    currency: 'usd',
    destination: account,
    source_transaction: String((await stripe.paymentIntents.create(paid)).latest_charge),
  })
  await stripe.transfers.list({ destination: account })
  const refund = await stripe.applicationFees.createRefund(fee, { amount: 10 })
  await stripe.applicationFees.updateRefund(fee, refund.id, { metadata: { a: '1' } })
  await stripe.applicationFees.retrieveRefund(fee, refund.id, { expand: ['fee'] })
  await stripe.applicationFees.listRefunds(fee)
  await stripe.applicationFees.retrieve(fee, { expand: ['account', 'charge', 'originating_transaction'] })
  await stripe.applicationFees.list()
  await stripe.paymentIntents.create({ ...paid, application_fee_amount: 10, expand: ['application'] }, as(account))
  await stripe.charges.list({}, as(account))
  await stripe.refunds.list({}, as(account))
  await stripe.balanceTransactions.list({}, as(account))
  await stripe.accounts.del((await stripe.accounts.create({ type: 'express' })).id)
  simulator.core.disconnectAccount((await stripe.accounts.create({ type: 'express' })).id)
}
