import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { enterCard } from '../../.storybook/pay-by-card.ts'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { AccountCredits } from '../components/AccountCredits.tsx'
import { fakeMoney, fakePack, fakePlans } from '../testing.ts'
import { TopUp } from './TopUp.tsx'

const meta = { title: 'Components/TopUp', component: TopUp, args: { onSuccess: fn() } } satisfies Meta<typeof TopUp>
export default meta
type Story = StoryObj<typeof meta>

const packs = [
  fakePack(),
  fakePack({ id: 'uses-100', usesPurchased: 100, price: fakeMoney(2000) }),
  fakePack({ id: 'uses-1000', usesPurchased: 1000, price: fakeMoney(15000) }),
]

const choice = { billing: { scenario: () => ({ plans: fakePlans({ packs }) }) } }

export const OnePack: Story = {
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Pay $5.00' })).toBeVisible()
    await expect(canvas.queryByRole('radio')).toBeNull()
  },
}

export const SeveralPacks: Story = {
  parameters: choice,
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('radio', { name: '100 uses $20' }))
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $20.00' }))
    await expect(await canvas.findByText('100 uses added, 103 left')).toBeVisible()
    await expect(worldOf(canvasElement).calls.find(({ name }) => name === 'startPurchase')?.request).toEqual({
      packId: 'uses-100',
    })
  },
}

export const AnotherUnit: Story = {
  args: { unit: 'tokens' },
  parameters: {
    billing: {
      scenario: () => ({
        plans: fakePlans({
          packs: [...packs, fakePack({ id: 'tokens', unit: 'tokens', scale: 1000, usesPurchased: 2500 })],
        }),
      }),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('2.5 uses')).toBeVisible()
    await expect(canvas.queryByRole('radio')).toBeNull()
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByText('2.5 uses added')).toBeVisible()
  },
}

export const MeterMovesWithTheBooks: Story = {
  parameters: { billing: { scenario: () => ({ processingAnswers: 2 }) } },
  render: (args) => (
    <div className="story-stack">
      <AccountCredits />
      <TopUp {...args} />
    </div>
  ),
  play: async ({ canvas }) => {
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await canvas.findByRole('button', { name: 'Paid. Adding your uses…' })
    await expect(canvas.getByText('3 uses left')).toBeVisible()
    await expect(await canvas.findByText('23 uses left', {}, { timeout: 5000 })).toBeVisible()
    await expect(canvas.getByText('20 uses added, 23 left')).toBeVisible()
  },
}

export const BuyMore: Story = {
  play: async ({ canvas, canvasElement }) => {
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Buy more uses' }))
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByText('20 uses added, 43 left')).toBeVisible()
    const purchases = worldOf(canvasElement).calls.filter(({ name }) => name === 'startPurchase')
    await expect(new Set(purchases.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2)
  },
}

export const Empty: Story = { parameters: { billing: { scenario: () => ({ plans: fakePlans({ packs: [] }) }) } } }

export const Loading: Story = {
  parameters: { billing: { scenario: () => ({ failures: { listPlans: 'never' } }) } },
}

export const Failed: Story = {
  parameters: { billing: { scenario: () => ({ failures: { listPlans: 'forbidden' } }) } },
}

export const Narrow: Story = { parameters: { billing: { ...choice.billing, width: 'narrow' } } }

export const Dark: Story = { parameters: choice, globals: { scheme: 'dark' } }

export const RightToLeft: Story = { parameters: choice, globals: { direction: 'rtl' } }
