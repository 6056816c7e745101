import type { CheckoutOutcome } from '@paywright/contract'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { fakeCredits, fakeStatus, fakeSubscription } from '../testing.ts'
import { CheckoutReturn } from './CheckoutReturn.tsx'

const meta = { title: 'Components/CheckoutReturn', component: CheckoutReturn } satisfies Meta<typeof CheckoutReturn>
export default meta
type Story = StoryObj<typeof meta>

/** Comes back to this page with something in its address. */
const returnWith = (query: string) => () => {
  const before = window.location.href
  const url = new URL(before)
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value)
  window.history.replaceState(window.history.state, '', url)
  return () => window.history.replaceState(window.history.state, '', before)
}

const checkout = (outcome: Partial<CheckoutOutcome>): CheckoutOutcome => ({
  sessionId: 'cs_story',
  status: 'complete',
  kind: 'subscription',
  planId: 'growth',
  packId: null,
  usesPurchased: null,
  unit: null,
  scale: 1,
  ...outcome,
})

const onGrowth = fakeStatus({ plan: { id: 'growth', name: 'Growth' }, subscription: fakeSubscription() })

export const Subscribed: Story = {
  beforeEach: returnWith('success=true&session_id=cs_story'),
  parameters: { billing: { scenario: () => ({ status: { ...onGrowth, checkout: checkout({}) } }) } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('You’re on Growth.')).toHaveAttribute('role', 'status')
    await expect(window.location.search).not.toContain('session_id')
    await expect(worldOf(canvasElement).calls).toMatchObject([
      { name: 'getStatus', request: { sessionId: 'cs_story' } },
    ])
  },
}

export const TrialStarted: Story = {
  beforeEach: returnWith('success=true&session_id=cs_story'),
  parameters: {
    billing: {
      scenario: () => ({
        status: { ...onGrowth, subscription: fakeSubscription({ status: 'trialing' }), checkout: checkout({}) },
      }),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Your trial of Growth has started.')).toBeVisible()
  },
}

export const PackBought: Story = {
  beforeEach: returnWith('success=true&session_id=cs_story'),
  parameters: {
    billing: {
      scenario: () => ({
        status: fakeStatus({
          credits: fakeCredits({ paid: 20 }),
          checkout: checkout({ kind: 'purchase', planId: null, packId: 'uses-20', usesPurchased: 20, unit: 'uses' }),
        }),
      }),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('20 uses added, 20 left')).toBeVisible()
  },
}

export const StillConfirming: Story = {
  beforeEach: returnWith('success=true&session_id=cs_story'),
  parameters: {
    billing: { scenario: () => ({ status: fakeStatus({ checkout: checkout({ status: 'processing' }) }) }) },
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('Confirming your payment…')).toBeVisible()
    worldOf(canvasElement).scenario.status = { ...onGrowth, checkout: checkout({}) }
    await expect(await canvas.findByText('You’re on Growth.', {}, { timeout: 4000 })).toBeVisible()
  },
}

export const Canceled: Story = {
  beforeEach: returnWith('canceled=true'),
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('Checkout was left. Nothing was charged.')).toBeVisible()
    await expect(worldOf(canvasElement).calls).toEqual([])
  },
}

export const Expired: Story = {
  beforeEach: returnWith('success=true&session_id=cs_story'),
  parameters: { billing: { scenario: () => ({ status: fakeStatus({ checkout: checkout({ status: 'expired' }) }) }) } },
}

export const CannotBeConfirmed: Story = {
  beforeEach: returnWith('payment_intent=pi_of_nobody&redirect_status=succeeded'),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('We can’t confirm the payment right now.')
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}

export const AnyOtherPage: Story = {
  play: async ({ canvas, canvasElement }) => {
    await expect(canvas.getByRole('status')).toBeEmptyDOMElement()
    await expect(worldOf(canvasElement).calls).toEqual([])
  },
}

export const Dark: Story = { ...Subscribed, globals: { scheme: 'dark' } }

export const Narrow: Story = {
  beforeEach: returnWith('canceled=true'),
  parameters: { billing: { width: 'narrow' } },
}
