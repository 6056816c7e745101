import type Stripe from 'stripe'
import type { OpenSimulator } from '../open-simulator.ts'

const return_url = 'https://example.com/back'

/** Every route of disputes and of payments that are captured later. */
export const callDisputes = async ({ simulator }: OpenSimulator, stripe: Stripe): Promise<void> => {
  const pay = async (): Promise<string> => {
    const params = { amount: 1000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, return_url }
    return String((await stripe.paymentIntents.create(params)).latest_charge)
  }
  const dispute = simulator.core.raiseDispute(await pay())
  await stripe.disputes.update(dispute.id, { evidence: { product_description: 'A thing' }, submit: false })
  await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } })
  await simulator.clock.advance({ minutes: 2 })
  await stripe.disputes.retrieve(dispute.id, { expand: ['charge', 'payment_intent'] })
  await stripe.disputes.close(simulator.core.raiseDispute(await pay()).id)
  await stripe.disputes.list({ charge: dispute.charge })
  const authorize = () =>
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      capture_method: 'manual',
      payment_method: 'pm_card_visa',
      confirm: true,
      return_url,
    })
  await stripe.paymentIntents.capture((await authorize()).id, { amount_to_capture: 700 })
  await stripe.charges.capture(String((await authorize()).latest_charge))
  await stripe.paymentIntents.cancel((await authorize()).id)
}
