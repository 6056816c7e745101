import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { fakeCredits, fakeMoney, fakePack } from '../testing.ts'
import { CreditMeter } from './CreditMeter.tsx'

const meta = {
  title: 'Components/CreditMeter',
  component: CreditMeter,
  args: {
    credits: fakeCredits({ free: 2, paid: 15, granted: { free: 3, paid: 20 } }),
    pack: fakePack(),
    onTopUp: fn(),
  },
  parameters: { billing: { width: 'medium' } },
} satisfies Meta<typeof CreditMeter>
export default meta
type Story = StoryObj<typeof meta>

export const FreeAndPaid: Story = {
  play: async ({ canvas }) => {
    const meter = await canvas.findByRole('meter', { name: 'Uses left' })
    await expect(meter).toHaveAttribute('aria-valuetext', '17 of 23 uses left: 2 free, 15 paid')
    await expect(meter).toHaveAttribute('value', '17')
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}

export const EveryKind: Story = {
  args: {
    credits: fakeCredits({
      free: 3,
      promotional: 10,
      plan: 120,
      paid: 60,
      granted: { free: 3, promotional: 10, plan: 200, paid: 60 },
      nextExpiryAt: '2026-12-21T09:00:00.000Z',
    }),
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('The next ones expire on December 21, 2026.')).toBeVisible()
  },
}

export const Low: Story = {
  args: { credits: fakeCredits({ paid: 2, granted: { paid: 20 } }) },
  play: async ({ canvas, args }) => {
    await expect(await canvas.findByText('Running low: after 2 more uses you’ll need to top up.')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Buy 20 uses' }))
    await expect(args.onTopUp).toHaveBeenCalledWith(args.pack)
  },
}

export const Empty: Story = {
  args: { credits: fakeCredits() },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('20 uses for $5, paid once.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Buy 20 uses' })).toHaveAttribute('data-kind', 'primary')
    await expect(canvas.queryByRole('meter')).toBeNull()
  },
}

export const EmptyWithNothingToBuy: Story = { args: { credits: fakeCredits(), pack: null } }

export const Owed: Story = { args: { credits: fakeCredits({ debt: 3 }) } }

export const Unlimited: Story = {
  args: { unlimitedIn: 'Enterprise' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Unlimited uses with Enterprise')).toBeVisible()
    await expect(canvas.queryByRole('meter')).toBeNull()
  },
}

export const Unknown: Story = { args: { credits: null } }

export const AsText: Story = {
  args: { variant: 'text' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('17 uses left')).toBeVisible()
    await expect(canvas.queryByRole('meter')).toBeNull()
  },
}

export const CountedInThousandths: Story = {
  args: {
    credits: fakeCredits({ scale: 1000, paid: 1500, granted: { paid: 20_000 } }),
    pack: fakePack({ scale: 1000, usesPurchased: 20_000 }),
  },
  play: async ({ canvas }) => {
    const meter = await canvas.findByRole('meter', { name: 'Uses left' })
    await expect(meter).toHaveAttribute('aria-valuetext', '1.5 of 20 uses left: 1.5 paid')
    await expect(canvas.getByRole('button', { name: 'Buy 20 uses' })).toBeVisible()
  },
}

export const BigNumbers: Story = {
  args: {
    credits: fakeCredits({ plan: 1250000, paid: 987654321, granted: { plan: 2000000, paid: 1000000000 } }),
    pack: fakePack({ usesPurchased: 1000000, price: fakeMoney(1250000, 'jpy') }),
  },
}

export const Narrow: Story = { args: Low.args ?? {}, parameters: { billing: { width: 'narrow' } } }

export const Dark: Story = { args: EveryKind.args ?? {}, globals: { scheme: 'dark' } }

export const LowInTheDark: Story = { args: Low.args ?? {}, globals: { scheme: 'dark' } }

export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('meter')
    const first = canvasElement.querySelector('.pw-meter-bar line')?.getBoundingClientRect()
    const bar = canvasElement.querySelector('.pw-meter-bar')?.getBoundingClientRect()
    await expect(Math.round(first?.right ?? 0)).toBe(Math.round(bar?.right ?? 1))
  },
}

export const German: Story = { args: EveryKind.args ?? {}, globals: { language: 'de' } }
