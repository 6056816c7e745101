import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { fakeCredits, fakeStatus } from '../testing.ts'
import { AccountCredits } from './AccountCredits.tsx'

const meta = {
  title: 'Components/AccountCredits',
  component: AccountCredits,
  args: { onTopUp: fn() },
  parameters: { billing: { width: 'medium' } },
} satisfies Meta<typeof AccountCredits>
export default meta
type Story = StoryObj<typeof meta>

export const FreeUses: Story = {
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('3 uses left')).toBeVisible()
    await expect(worldOf(canvasElement).calls.map(({ name }) => name)).toEqual(['getStatus'])
  },
}

export const UsedUp: Story = {
  parameters: { billing: { width: 'medium', scenario: () => ({ status: fakeStatus({ credits: fakeCredits() }) }) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('20 uses for $5, paid once.')).toBeVisible()
  },
}

export const UnlimitedByPlan: Story = {
  parameters: {
    billing: {
      width: 'medium',
      scenario: () => ({
        status: fakeStatus({
          plan: { id: 'enterprise', name: 'Enterprise' },
          entitlements: { features: [], limits: { uses: null } },
        }),
      }),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Unlimited uses with Enterprise')).toBeVisible()
  },
}

export const Loading: Story = {
  parameters: { billing: { width: 'medium', scenario: () => ({ failures: { getStatus: 'never' } }) } },
}

export const FailedThenRetried: Story = {
  parameters: { billing: { width: 'medium', scenario: () => ({ failures: { getStatus: 'forbidden' } }) } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your uses can’t be shown right now.')
    worldOf(canvasElement).scenario.failures = {}
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByText('3 uses left')).toBeVisible()
  },
}

export const SignedOut: Story = {
  parameters: { billing: { width: 'medium', scenario: () => ({ failures: { getStatus: 'unauthenticated' } }) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Sign in to see your billing.')
  },
}
