// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { callsTo, renderWithBilling } from '../../test/setup.tsx'
import type { BillingEvent } from '../provider/billing-event.ts'
import { useCheckout } from './useCheckout.ts'

afterEach(cleanup)

const Buy = ({ planId = 'growth' }: { planId?: string }) => {
  const checkout = useCheckout()
  return (
    <button type="button" onClick={() => checkout.start({ planId, interval: 'year' })}>
      {checkout.state}
    </button>
  )
}

const press = () => fireEvent.click(screen.getByRole('button'))

describe('a visit to Checkout', () => {
  it('asks for its address once however often it is clicked, and goes there', async () => {
    const world = renderWithBilling(<Buy />)
    press()
    press()
    await screen.findByText('leaving')
    press()
    expect(world.left).toEqual(['#checkout'])
    expect(callsTo(world, 'startCheckout').map(({ request }) => request)).toEqual([
      { planId: 'growth', interval: 'year' },
    ])
  })

  it('keeps its Idempotency-Key while no answer came', async () => {
    const world = renderWithBilling(<Buy />, { failures: { startCheckout: 'unreachable' } })
    press()
    await screen.findByText('failed')
    press()
    await waitFor(() => expect(callsTo(world, 'startCheckout')).toHaveLength(2))
    await screen.findByText('failed')
    const keys = callsTo(world, 'startCheckout').map(({ idempotencyKey }) => idempotencyKey)
    expect(new Set(keys).size).toBe(1)
  })

  it('is a new attempt after an answer, whatever that was', async () => {
    const world = renderWithBilling(<Buy />, { failures: { startCheckout: 'provider_unavailable' } })
    press()
    await screen.findByText('failed')
    press()
    await waitFor(() => expect(callsTo(world, 'startCheckout')).toHaveLength(2))
    const keys = callsTo(world, 'startCheckout').map(({ idempotencyKey }) => idempotencyKey)
    expect(new Set(keys).size).toBe(2)
  })

  it('is over when the browser shows the page again that was left', async () => {
    renderWithBilling(<Buy />)
    press()
    await screen.findByText('leaving')
    act(() => {
      window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    })
    expect(screen.getByText('idle')).toBeDefined()
  })

  it('tells the host what happened, and what failed', async () => {
    const events: BillingEvent[] = []
    const errors: unknown[] = []
    const failing = { failures: { startCheckout: 'forbidden' as const } }
    renderWithBilling(<Buy />, failing, { onEvent: (e) => events.push(e), onError: (e) => errors.push(e) })
    press()
    await screen.findByText('failed')
    expect(events).toEqual([{ type: 'checkout_started', request: { planId: 'growth', interval: 'year' } }])
    expect(errors).toMatchObject([{ code: 'forbidden' }])
  })
})
