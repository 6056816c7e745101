import { type RenderResult, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { BillingProvider, type BillingProviderProps } from '../src/index.ts'
import { en } from '../src/messages/en.ts'
import { createFakeBilling, type FakeBilling, type FakeScenario } from '../src/testing.ts'

export type World = FakeBilling & RenderResult & { left: string[] }

/** Renders under a provider whose server and Stripe.js are in memory. `left` are the addresses it was left for. */
export const renderWithBilling = (
  ui: ReactNode,
  scenario: FakeScenario = {},
  props: Partial<BillingProviderProps> = {},
): World => {
  const billing = createFakeBilling(scenario)
  const left: string[] = []
  const rendered = render(
    <BillingProvider
      client={billing.client}
      stripe={Promise.resolve(billing.stripe)}
      messages={en}
      navigate={(url) => left.push(url)}
      {...props}
    >
      {ui}
    </BillingProvider>,
  )
  return { ...billing, ...rendered, left }
}

export const callsTo = (world: FakeBilling, name: string) => world.calls.filter((call) => call.name === name)
