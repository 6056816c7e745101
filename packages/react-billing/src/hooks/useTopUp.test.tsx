// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { callsTo, renderWithBilling } from '../../test/setup.tsx'
import type { BillingEvent } from '../provider/billing-event.ts'
import type { FakeBilling } from '../testing.ts'
import type { PaymentSteps } from './pay.ts'
import { useTopUp } from './useTopUp.ts'

afterEach(cleanup)

const complete: PaymentSteps['validate'] = async () => 'complete'

const Pay = ({ steps }: { steps: PaymentSteps }) => {
  const topUp = useTopUp()
  return (
    <>
      <button type="button" onClick={() => topUp.pay({ packId: 'uses-20' }, steps)}>
        Pay
      </button>
      <output>
        {topUp.state}
        {topUp.state === 'failed' && `: ${topUp.refusal.message}`}
        {topUp.state === 'succeeded' && `: ${topUp.usesLeft} left`}
      </output>
    </>
  )
}

const press = () => fireEvent.click(screen.getByRole('button'))

const keysOf = (world: FakeBilling) =>
  new Set(callsTo(world, 'startPurchase').map(({ idempotencyKey }) => idempotencyKey)).size

describe('a top-up', () => {
  it('starts nothing while the form is incomplete', async () => {
    const steps = { validate: async () => 'incomplete' as const, confirm: async () => null }
    const world = renderWithBilling(<Pay steps={steps} />)
    press()
    await screen.findByText('idle')
    expect(callsTo(world, 'startPurchase')).toEqual([])
  })

  it('starts one purchase for two clicks', async () => {
    const refuse = async () => ({ code: 'card_declined', message: 'Declined.' })
    const world = renderWithBilling(<Pay steps={{ validate: complete, confirm: refuse }} />)
    press()
    press()
    await screen.findByText('failed: Declined.')
    expect(callsTo(world, 'startPurchase')).toHaveLength(1)
  })

  it('goes on with the same purchase after a decline', async () => {
    const refuse = async () => ({ code: 'card_declined', message: 'Declined.' })
    const world = renderWithBilling(<Pay steps={{ validate: complete, confirm: refuse }} />)
    press()
    await screen.findByText('failed: Declined.')
    press()
    await waitFor(() => expect(callsTo(world, 'startPurchase')).toHaveLength(2))
    expect(keysOf(world)).toBe(1)
  })

  it('is a new attempt when the server has refused to start one', async () => {
    const steps = { validate: complete, confirm: async () => null }
    const world = renderWithBilling(<Pay steps={steps} />, { failures: { startPurchase: 'too_many_requests' } })
    press()
    await screen.findByText(/^failed: The payment didn’t go through/)
    press()
    await waitFor(() => expect(callsTo(world, 'startPurchase')).toHaveLength(2))
    expect(keysOf(world)).toBe(2)
  })

  it('does not say that nothing was charged when it cannot know', async () => {
    const steps = { validate: complete, confirm: async () => null }
    renderWithBilling(<Pay steps={steps} />, { failures: { getPurchase: 'unauthenticated' } })
    press()
    await screen.findByText('failed: We can’t confirm the payment right now. If you paid, nothing is lost.')
  })

  it('fails when the server says that the payment failed after all', async () => {
    const steps = { validate: complete, confirm: async () => null }
    renderWithBilling(<Pay steps={steps} />)
    press()
    await screen.findByText('failed: This payment was canceled. Nothing was charged.')
  })

  it('tells the host how it went', async () => {
    const events: BillingEvent[] = []
    const refuse = async () => ({ code: 'card_declined', message: 'Declined.' })
    renderWithBilling(<Pay steps={{ validate: complete, confirm: refuse }} />, {}, { onEvent: (e) => events.push(e) })
    press()
    await screen.findByText('failed: Declined.')
    expect(events.map(({ type }) => type)).toEqual(['purchase_started', 'purchase_refused'])
    expect(events[1]).toMatchObject({ code: 'card_declined', request: { packId: 'uses-20' } })
  })
})
