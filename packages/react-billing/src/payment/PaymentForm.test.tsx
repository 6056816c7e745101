// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode } from 'react'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callsTo, renderWithBilling } from '../../test/setup.tsx'
import { AccountCredits } from '../components/AccountCredits.tsx'
import { fakePack } from '../testing.ts'
import { PaymentForm } from './PaymentForm.tsx'

/** What jsdom lacks and every browser has. */
beforeAll(() => {
  window.matchMedia = () => new EventTarget() as MediaQueryList
  HTMLCanvasElement.prototype.getContext = () => null
})
afterEach(cleanup)

const enterCard = async (number: string) => {
  const user = userEvent.setup()
  await user.type(await screen.findByRole('textbox', { name: 'Card number' }), number)
  await user.type(screen.getByRole('textbox', { name: 'Expiration date' }), '1234')
  await user.type(screen.getByRole('textbox', { name: 'Security code' }), '123')
  const zip = screen.queryByRole('textbox', { name: 'ZIP code' })
  if (zip) await user.type(zip, '94103')
  return user
}

const form = (
  <StrictMode>
    <AccountCredits />
    <PaymentForm pack={fakePack()} />
  </StrictMode>
)

const payButton = () => screen.getByRole('button', { name: 'Pay $5.00' })

describe('the payment form, with the real react-stripe-js under StrictMode', () => {
  it('buys once for Enter twice, and the meter moves', async () => {
    const world = renderWithBilling(form)
    const user = await enterCard('4242424242424242')
    payButton().focus()
    await user.keyboard('{Enter}{Enter}')
    await screen.findByText('20 uses added, 23 left')
    await screen.findByText('23 uses left')
    expect(callsTo(world, 'startPurchase')).toHaveLength(1)
  })

  it('shows why a card was declined, and changes nothing', async () => {
    const world = renderWithBilling(form)
    const user = await enterCard('4000000000009995')
    await user.click(payButton())
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('insufficient funds'))
    expect(screen.getByText('3 uses left')).toBeDefined()
    expect(callsTo(world, 'getPurchase')).toEqual([])
  })

  it.each([
    ['Complete', '20 uses added, 23 left'],
    ['Fail', /^Your bank couldn’t confirm that it’s you\./],
  ])('on %s of the bank’s challenge says “%s”', async (answer, news) => {
    renderWithBilling(form)
    const user = await enterCard('4000002500003155')
    await user.click(payButton())
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: answer }))
    await screen.findByText(news)
  })

  it('says so when Stripe.js is blocked, and offers to try again', async () => {
    const blocked = Promise.reject(new Error('Failed to load Stripe.js'))
    renderWithBilling(form, {}, { stripe: blocked })
    expect((await screen.findByRole('alert')).textContent).toContain('An ad blocker or your network may be stopping it')
  })
})
