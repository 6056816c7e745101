import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { answerChallenge, enterCard } from '../../.storybook/pay-by-card.ts'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { fakeMoney, fakePack } from '../testing.ts'
import { PaymentForm } from './PaymentForm.tsx'

const meta = {
  title: 'Components/PaymentForm',
  component: PaymentForm,
  args: { pack: fakePack(), onSuccess: fn() },
} satisfies Meta<typeof PaymentForm>
export default meta
type Story = StoryObj<typeof meta>

const callsOf = (canvasElement: HTMLElement, name: string) =>
  worldOf(canvasElement).calls.filter((call) => call.name === name)

export const Ready: Story = {
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByRole('textbox', { name: 'Card number' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Pay $5.00' })).not.toHaveAttribute('aria-disabled')
    await expect(worldOf(canvasElement).calls).toEqual([])
  },
}

export const Paid: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    const news = await canvas.findByText('20 uses added, 23 left')
    await waitFor(() => expect(news).toHaveFocus())
    await expect(args.onSuccess).toHaveBeenCalledTimes(1)
    await expect(callsOf(canvasElement, 'startPurchase')).toHaveLength(1)
  },
}

export const DoubleClick: Story = {
  parameters: { billing: { scenario: () => ({ latencyMs: 30 }) } },
  play: async ({ canvas, canvasElement }) => {
    await enterCard(canvas, '4242424242424242')
    await userEvent.dblClick(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByText('20 uses added, 23 left')).toBeVisible()
    await expect(callsOf(canvasElement, 'startPurchase')).toHaveLength(1)
  },
}

export const EnterTwice: Story = {
  parameters: { billing: { scenario: () => ({ latencyMs: 30 }) } },
  play: async ({ canvas, canvasElement }) => {
    await enterCard(canvas, '4242424242424242')
    canvas.getByRole('button', { name: 'Pay $5.00' }).focus()
    await userEvent.keyboard('{Enter}{Enter}')
    await expect(await canvas.findByText('20 uses added, 23 left')).toBeVisible()
    await expect(callsOf(canvasElement, 'startPurchase')).toHaveLength(1)
  },
}

export const Declined: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    await enterCard(canvas, '4000000000000002')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent('Your bank declined this card.'))
    await expect(canvas.getByRole('button', { name: 'Pay $5.00' })).not.toHaveAttribute('aria-disabled')
    await expect(args.onSuccess).not.toHaveBeenCalled()
    await expect(callsOf(canvasElement, 'getPurchase')).toEqual([])
  },
}

export const DeclinedThenPaid: Story = {
  play: async ({ canvas, canvasElement }) => {
    await enterCard(canvas, '4000000000009995')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent('This card has insufficient funds.'))
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByText('20 uses added, 23 left')).toBeVisible()
    const keys = callsOf(canvasElement, 'startPurchase').map(({ idempotencyKey }) => idempotencyKey)
    await expect(new Set(keys).size).toBe(1)
  },
}

export const ChallengeCompleted: Story = {
  play: async ({ canvas }) => {
    await enterCard(canvas, '4000002500003155')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await answerChallenge('Complete')
    await expect(await canvas.findByText('20 uses added, 23 left')).toBeVisible()
  },
}

export const ChallengeFailed: Story = {
  play: async ({ canvas, canvasElement }) => {
    await enterCard(canvas, '4000002500003155')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await answerChallenge('Fail')
    await waitFor(() =>
      expect(canvas.getByRole('alert')).toHaveTextContent('Your bank couldn’t confirm that it’s you.'),
    )
    await expect(callsOf(canvasElement, 'getPurchase')).toEqual([])
    await expect(canvas.getByRole('button', { name: 'Pay $5.00' })).toHaveFocus()
  },
}

export const WaitingForTheServer: Story = {
  parameters: { billing: { scenario: () => ({ processingAnswers: 2 }) } },
  play: async ({ canvas, canvasElement, args }) => {
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByRole('button', { name: 'Paid. Adding your uses…' })).toBeVisible()
    await expect(args.onSuccess).not.toHaveBeenCalled()
    await expect(await canvas.findByText('20 uses added, 23 left', {}, { timeout: 5000 })).toBeVisible()
    await expect(callsOf(canvasElement, 'getPurchase')).toHaveLength(3)
  },
}

export const NothingTyped: Story = {
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('textbox', { name: 'Card number' })
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByText('Your card number is incomplete.')).toBeVisible()
    await expect(callsOf(canvasElement, 'startPurchase')).toEqual([])
  },
}

export const ServerUnreachable: Story = {
  parameters: { billing: { scenario: () => ({ failures: { startPurchase: 'unreachable' } }) } },
  play: async ({ canvas, canvasElement }) => {
    await enterCard(canvas, '4242424242424242')
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent('you won’t be charged twice'))
    worldOf(canvasElement).scenario.failures = {}
    await userEvent.click(canvas.getByRole('button', { name: 'Pay $5.00' }))
    await expect(await canvas.findByText('20 uses added, 23 left')).toBeVisible()
    const keys = callsOf(canvasElement, 'startPurchase').map(({ idempotencyKey }) => idempotencyKey)
    await expect(new Set(keys).size).toBe(1)
  },
}

export const Loading: Story = {
  parameters: { billing: { provider: { stripe: new Promise<null>(() => undefined) } } },
}

const blocked = () => {
  const loading = Promise.reject(new Error('Failed to load Stripe.js'))
  loading.catch(() => undefined)
  return loading
}

export const Blocked: Story = {
  parameters: { billing: { provider: { stripe: blocked() } } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('An ad blocker or your network may be stopping it')
    await expect(canvas.getByRole('button', { name: 'Try again' })).toBeVisible()
  },
}

export const Yen: Story = {
  args: { pack: fakePack({ price: fakeMoney(500, 'jpy') }) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Pay ¥500' })).toBeVisible()
  },
}

export const Dinars: Story = {
  args: { pack: fakePack({ price: fakeMoney(1500, 'kwd') }) },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: /Pay KWD.1\.500/ })).toBeVisible()
  },
}

export const Narrow: Story = { ...Declined, parameters: { billing: { width: 'narrow' } } }

export const Dark: Story = { ...Declined, globals: { scheme: 'dark' } }

export const RightToLeft: Story = { globals: { direction: 'rtl' } }

export const German: Story = {
  globals: { language: 'de' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('textbox', { name: 'Kartennummer' })).toBeVisible()
  },
}
