import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { worldOf } from '../../.storybook/with-billing.tsx'
import { PortalButton } from './PortalButton.tsx'

const meta = { title: 'Components/PortalButton', component: PortalButton } satisfies Meta<typeof PortalButton>
export default meta
type Story = StoryObj<typeof meta>

export const Default: Story = {
  play: async ({ canvas, canvasElement }) => {
    await userEvent.dblClick(canvas.getByRole('button', { name: 'Manage billing' }))
    await expect(worldOf(canvasElement).calls.map(({ name }) => name)).toEqual(['openPortal'])
  },
}

export const ForOneThing: Story = {
  args: { flow: 'payment_method_update', children: 'Change card', returnPath: '/account' },
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Change card' }))
    await expect(worldOf(canvasElement).calls.map(({ request }) => request)).toEqual([
      { flow: 'payment_method_update', returnPath: '/account' },
    ])
  },
}

export const Refused: Story = {
  parameters: { billing: { scenario: () => ({ failures: { openPortal: 'unreachable' } }) } },
  play: async ({ canvas }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Manage billing' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The billing server can’t be reached.')
  },
}

export const Dark: Story = { globals: { scheme: 'dark' } }
