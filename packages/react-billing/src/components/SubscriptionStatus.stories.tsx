import type { Status, Subscription } from '@paywright/contract'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { fakeMoney, fakeStatus, fakeSubscription } from '../testing.ts'
import { PortalButton } from './PortalButton.tsx'
import { SubscriptionStatus } from './SubscriptionStatus.tsx'

const meta = {
  title: 'Components/SubscriptionStatus',
  component: SubscriptionStatus,
  args: { children: <PortalButton /> },
} satisfies Meta<typeof SubscriptionStatus>
export default meta
type Story = StoryObj<typeof meta>

const growth = { id: 'growth', name: 'Growth' }

const account = (subscription: Partial<Subscription>, status: Partial<Status> = {}) => ({
  billing: {
    width: 'medium',
    scenario: () => ({
      status: fakeStatus({ plan: growth, subscription: fakeSubscription(subscription), ...status }),
    }),
  },
})

const due = (reason: 'payment_failed' | 'payment_incomplete' | 'unpaid') => ({
  due: { reason, message: 'A payment is due.', amount: fakeMoney(7900), url: '#invoice' },
})

export const Free: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No subscription. Nothing will be billed.')).toBeVisible()
  },
}

export const Active: Story = {
  parameters: account({ quantity: 3 }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Next bill of $790.00 on November 21, 2027.')).toBeVisible()
    await expect(canvas.getByText('$790.00 per year · 3 seats')).toBeVisible()
  },
}

export const CancelScheduled: Story = {
  parameters: account({ cancelAt: '2027-11-21T09:00:00.000Z', nextBillingAt: null }),
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText(/^Stays on until November 21, 2027, then ends\./)).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Keep Growth' }))
    await expect(worldOf(canvasElement).calls.at(-1)?.name).toBe('openPortal')
  },
}

export const CollectionPaused: Story = { parameters: account({ collectionPaused: true }) }

export const Trialing: Story = {
  parameters: account({ status: 'trialing', trialEndsAt: '2026-12-05T09:00:00.000Z' }),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Your trial ends on December 5, 2026; then $790.00 per year.')).toBeVisible()
  },
}

export const TrialThatEnds: Story = {
  parameters: account({
    status: 'trialing',
    trialEndsAt: '2026-12-05T09:00:00.000Z',
    cancelAt: '2026-12-05T09:00:00.000Z',
  }),
}

export const PastDueInGrace: Story = {
  parameters: account({ status: 'past_due', interval: 'month', price: fakeMoney(7900) }, due('payment_failed')),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('$79.00 due')).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'Pay $79.00' })).toHaveAttribute('href', '#invoice')
  },
}

export const PastDueWithoutAccess: Story = {
  parameters: account({ status: 'past_due', hasAccess: false }),
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Update payment method' }))
    await expect(worldOf(canvasElement).calls.at(-1)?.request).toEqual({ flow: 'payment_method_update' })
  },
}

export const Unpaid: Story = { parameters: account({ status: 'unpaid', hasAccess: false }, due('unpaid')) }

export const Incomplete: Story = {
  parameters: account({ status: 'incomplete', hasAccess: false }, due('payment_incomplete')),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('link', { name: 'Finish payment' })).toHaveAttribute('href', '#invoice')
  },
}

export const IncompleteExpired: Story = { parameters: account({ status: 'incomplete_expired', hasAccess: false }) }

export const Canceled: Story = {
  parameters: account({ status: 'canceled', hasAccess: false, endedAt: '2026-11-20T09:00:00.000Z' }),
}

export const Paused: Story = { parameters: account({ status: 'paused', hasAccess: false }) }

export const UnknownPrice: Story = { parameters: account({ planId: null, planName: 'Legacy', price: null }) }

export const PortalRefused: Story = {
  parameters: {
    billing: {
      ...account({}).billing,
      scenario: () => ({
        status: fakeStatus({ plan: growth, subscription: fakeSubscription({ status: 'paused', hasAccess: false }) }),
        failures: { openPortal: 'provider_unavailable' },
      }),
    },
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Add payment method' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The billing portal didn’t open. Try again.')
  },
}

export const Loading: Story = {
  parameters: { billing: { width: 'medium', scenario: () => ({ failures: { getStatus: 'never' } }) } },
}

export const Failed: Story = {
  parameters: { billing: { width: 'medium', scenario: () => ({ failures: { getStatus: 'forbidden' } }) } },
}

export const LongText: Story = {
  parameters: account({ planName: 'Growth for organisations with a great many departments', quantity: 12500 }),
}

export const Narrow: Story = {
  parameters: {
    billing: { ...account({ status: 'past_due' }, due('payment_failed')).billing, width: 'narrow' },
  },
}

export const Dark: Story = {
  parameters: account({ status: 'past_due' }, due('payment_failed')),
  globals: { scheme: 'dark' },
}

export const RightToLeft: Story = { parameters: account({}), globals: { direction: 'rtl' } }

export const German: Story = { parameters: account({ status: 'past_due' }), globals: { language: 'de' } }
