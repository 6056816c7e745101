import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const pay = async (stripe: Stripe, payment_method = 'pm_card_visa'): Promise<string> => {
  const intent = await stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    payment_method,
    confirm: true,
    return_url: 'https://example.com',
  })
  return String(intent.latest_charge)
}

const disputed = async ({ simulator, stripe }: OpenSimulator) => simulator.core.raiseDispute(await pay(stripe))

const booked = async (stripe: Stripe, source: string): Promise<number[]> =>
  (await stripe.balanceTransactions.list({ source })).data.map(({ net }) => net)

const disputeEvents = async (stripe: Stripe): Promise<string[]> =>
  (await stripe.events.list({ type: 'charge.dispute.*', limit: 100 })).data.map(({ type }) => type.slice(15)).reverse()

describe('a dispute', () => {
  it('takes the money and a fee, and is told to endpoints', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({
      webhooks: [{ url: receiver.url, events: ['charge.dispute.created', 'charge.dispute.funds_withdrawn'] }],
    })
    const { id, charge } = await disputed(open)
    expect(await open.stripe.disputes.retrieve(id)).toMatchObject({
      amount: 1000,
      charge,
      reason: 'fraudulent',
      status: 'needs_response',
      balance_transactions: [{ amount: -1000, fee: 1500, net: -2500 }],
      evidence_details: { has_evidence: false, submission_count: 0 },
    })
    expect((await open.stripe.charges.retrieve(charge)).disputed).toBe(true)
    await open.simulator.settled()
    expect(receiver.types()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn'])
  })

  it('comes by itself with the card that disputes', async () => {
    await using open = await openSimulator()
    const charge = await pay(open.stripe, 'pm_card_createDispute')
    await open.simulator.clock.advance({ minutes: 1 })
    expect((await open.stripe.disputes.list({ charge })).data).toMatchObject([{ status: 'needs_response' }])
  })

  it.each([
    { text: 'winning_evidence', status: 'won', events: ['updated', 'funds_reinstated', 'closed'], nets: [2500, -2500] },
    { text: 'losing_evidence', status: 'lost', events: ['updated', 'closed'], nets: [-2500] },
  ])('with $text is $status', async ({ text, status, events, nets }) => {
    await using open = await openSimulator()
    const { id } = await disputed(open)
    const sent = await open.stripe.disputes.update(id, { evidence: { uncategorized_text: text } })
    expect(sent).toMatchObject({ status: 'under_review', evidence_details: { submission_count: 1 } })
    await open.simulator.clock.advance({ minutes: 2 })
    expect((await open.stripe.disputes.retrieve(id)).status).toBe(status)
    expect((await disputeEvents(open.stripe)).slice(2)).toEqual(events)
    expect(await booked(open.stripe, id)).toEqual(nets)
  })

  it('waits for the bank with any other evidence', async () => {
    await using open = await openSimulator()
    const { id } = await disputed(open)
    await open.stripe.disputes.update(id, { evidence: { uncategorized_text: 'They used it.' } })
    await open.simulator.clock.advance({ days: 30 })
    expect((await open.stripe.disputes.retrieve(id)).status).toBe('under_review')
    expect(open.simulator.core.decideDispute(id, 'won').status).toBe('won')
  })

  it('that nobody answers in time is lost', async () => {
    await using open = await openSimulator()
    const { id } = await disputed(open)
    await open.stripe.disputes.update(id, { evidence: { product_description: 'A thing' }, submit: false })
    await open.simulator.clock.advance({ days: 8 })
    const lost = await open.stripe.disputes.retrieve(id)
    expect(lost).toMatchObject({ status: 'lost', evidence_details: { past_due: true, submission_count: 0 } })
  })

  it('that is closed is lost, and nothing can be said any more', async () => {
    await using open = await openSimulator()
    const { id } = await disputed(open)
    expect((await open.stripe.disputes.close(id)).status).toBe('lost')
    expect((await failure(open.stripe.disputes.close(id))).statusCode).toBe(400)
    const late = open.stripe.disputes.update(id, { evidence: { uncategorized_text: 'Wait!' } })
    expect((await failure(late)).statusCode).toBe(400)
  })

  it('cannot be raised twice, and its charge cannot be refunded', async () => {
    await using open = await openSimulator()
    const { charge } = await disputed(open)
    expect(() => open.simulator.core.raiseDispute(charge)).toThrow('disputed already')
    expect((await failure(open.stripe.refunds.create({ charge }))).code).toBe('charge_disputed')
  })
})
