import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, within } from 'storybook/test'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { type FakePlan, fakePlan, fakePlans } from '../testing.ts'
import { PricingTable } from './PricingTable.tsx'

const meta = { title: 'Components/PricingTable', component: PricingTable } satisfies Meta<typeof PricingTable>
export default meta
type Story = StoryObj<typeof meta>

const withActions = (starter: FakePlan['actions'], growth: FakePlan['actions']) => () => ({
  plans: fakePlans({
    plans: [
      fakePlan({ id: 'starter', yearly: 29000, actions: starter ?? {} }),
      fakePlan({ id: 'growth', monthly: 7900, yearly: 79000, actions: growth ?? {}, recommended: true }),
      fakePlan({ id: 'enterprise', monthly: null, action: 'contact' }),
    ],
  }),
})

export const Visitor: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Subscribe to Growth' }))
    const { calls } = worldOf(canvasElement)
    await expect(calls.filter(({ name }) => name === 'startCheckout').map(({ request }) => request)).toEqual([
      { planId: 'growth', interval: 'month' },
    ])
  },
}

export const DoubleClick: Story = {
  parameters: { billing: { scenario: () => ({ latencyMs: 50 }) } },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.dblClick(await canvas.findByRole('button', { name: 'Subscribe to Starter' }))
    await expect(canvas.getByRole('button', { name: 'Opening…' })).toHaveAttribute('aria-disabled', 'true')
    const { calls } = worldOf(canvasElement)
    await expect(calls.filter(({ name }) => name === 'startCheckout')).toHaveLength(1)
  },
}

export const Yearly: Story = {
  args: { defaultInterval: 'year' },
  play: async ({ canvas }) => {
    const growth = within(await canvas.findByRole('listitem', { name: 'Growth' }))
    await expect(growth.getByText('Billed $790 yearly, you save $158')).toBeVisible()
    await expect(canvas.getByRole('radio', { name: 'Yearly save up to $398' })).toBeChecked()
  },
}

export const PeriodByKeyboard: Story = {
  play: async ({ canvas }) => {
    const monthly = await canvas.findByRole('radio', { name: 'Monthly' })
    await userEvent.click(monthly)
    await userEvent.keyboard('{ArrowRight}')
    await expect(canvas.getByRole('radio', { name: /^Yearly/ })).toBeChecked()
    await expect(canvas.getByText('Showing yearly prices')).toHaveAttribute('role', 'status')
    await userEvent.keyboard('{ArrowLeft}')
    await expect(monthly).toBeChecked()
  },
}

export const CurrentMonthly: Story = {
  parameters: {
    billing: {
      scenario: withActions({ month: 'current', year: 'switch_interval' }, { month: 'upgrade', year: 'upgrade' }),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    const starter = await canvas.findByRole('listitem', { name: 'Starter' })
    await expect(starter).toHaveAttribute('aria-current', 'true')
    await expect(within(starter).queryByRole('button')).toBeNull()
    await userEvent.click(canvas.getByRole('radio', { name: /^Yearly/ }))
    await expect(within(starter).getByRole('button', { name: 'Switch to yearly billing' })).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Switch to Growth' }))
    await expect(worldOf(canvasElement).calls.at(-1)).toMatchObject({
      name: 'openPortal',
      request: { flow: 'subscription_update' },
    })
  },
}

export const CancelScheduled: Story = {
  parameters: { billing: { scenario: withActions({ month: 'downgrade' }, { month: 'resume' }) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Keep Growth' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Switch to Starter' })).toBeVisible()
  },
}

export const FirstPaymentUnfinished: Story = {
  parameters: { billing: { scenario: withActions({ month: 'subscribe' }, { month: 'finish_payment' }) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Finish payment for Growth' })).toBeVisible()
  },
}

export const WithTrial: Story = {
  parameters: {
    billing: { scenario: () => ({ plans: fakePlans({ plans: [fakePlan({ id: 'growth', trialDays: 14 })] }) }) },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Start 14-day trial of Growth' })).toBeVisible()
  },
}

export const FreeAndByAgreement: Story = {
  args: { onChoose: fn(() => true) },
  parameters: {
    billing: {
      scenario: () => ({
        plans: fakePlans({
          plans: [
            fakePlan({ id: 'free', monthly: null, features: ['3 uses, once'] }),
            ...fakePlans().plans.slice(0, 2),
            fakePlan({ id: 'enterprise', monthly: null, action: 'contact', everythingIn: 'Growth' }),
          ],
        }),
      }),
    },
  },
  play: async ({ canvas, canvasElement, args }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Ask about Enterprise' }))
    await expect(args.onChoose).toHaveBeenCalledWith({ planId: 'enterprise', interval: null, action: 'contact' })
    await expect(worldOf(canvasElement).calls.map(({ name }) => name)).toEqual(['listPlans'])
  },
}

export const YearlyOnly: Story = {
  parameters: {
    billing: {
      scenario: () => ({ plans: fakePlans({ plans: [fakePlan({ id: 'growth', monthly: null, yearly: 79000 })] }) }),
    },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Billed $790 yearly')).toBeVisible()
    await expect(canvas.queryByRole('radio')).toBeNull()
  },
}

export const Loading: Story = {
  parameters: { billing: { scenario: () => ({ failures: { listPlans: 'never' } }) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Loading plans')).toBeInTheDocument()
    await expect(canvas.getByRole('region', { name: 'Plans' }).clientHeight).toBeGreaterThan(400)
  },
}

export const Empty: Story = {
  parameters: { billing: { scenario: () => ({ plans: fakePlans({ plans: [] }) }) } },
}

export const FailedThenRetried: Story = {
  parameters: { billing: { scenario: () => ({ failures: { listPlans: 'forbidden' } }) } },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The plans can’t be shown right now.')
    worldOf(canvasElement).scenario.failures = {}
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByRole('listitem', { name: 'Growth' })).toBeVisible()
  },
}

export const CheckoutRefused: Story = {
  parameters: { billing: { scenario: () => ({ failures: { startCheckout: 'provider_unavailable' } }) } },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Subscribe to Growth' }))
    const growth = within(canvas.getByRole('listitem', { name: 'Growth' }))
    await expect(await growth.findByRole('alert')).toHaveTextContent('Checkout didn’t open. Nothing was charged.')
    await expect(growth.getByRole('button', { name: 'Subscribe to Growth' })).toBeVisible()
  },
}

export const LongText: Story = {
  parameters: {
    billing: {
      scenario: () => ({
        plans: fakePlans({
          plans: fakePlans().plans.map((plan) => ({
            ...plan,
            name: `${plan.name} for organisations`,
            promise:
              'A promise that is longer than anybody has the patience to read, and that has to wrap all the same.',
            features: [...plan.features, 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'],
          })),
        }),
      }),
    },
  },
}

const inCurrency =
  (currency: string, [monthly, yearly]: [number, number]) =>
  () => ({
    plans: fakePlans({ plans: [fakePlan({ id: 'growth', monthly, yearly, currency, recommended: true })] }),
  })

export const Yen: Story = {
  args: { defaultInterval: 'year' },
  parameters: { billing: { scenario: inCurrency('jpy', [9800, 98000]) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Billed ¥98,000 yearly, you save ¥19,600')).toBeVisible()
  },
}

export const Dinars: Story = {
  args: { defaultInterval: 'year' },
  parameters: { billing: { scenario: inCurrency('kwd', [24500, 245000]) } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/KWD.20\.417/)).toBeVisible()
    await expect(canvas.getByText(/Billed KWD.245 yearly/)).toBeVisible()
  },
}

export const Narrow: Story = {
  args: { defaultInterval: 'year' },
  parameters: { billing: { width: 'narrow' } },
  play: async ({ canvas }) => {
    await canvas.findByRole('listitem', { name: 'Growth' })
    const { scrollWidth, clientWidth } = canvas.getByRole('region', { name: 'Plans' })
    await expect(scrollWidth).toBe(clientWidth)
  },
}

export const Dark: Story = { globals: { scheme: 'dark' } }

export const RightToLeft: Story = { globals: { direction: 'rtl' } }

export const German: Story = { globals: { language: 'de' }, args: { defaultInterval: 'year' } }
