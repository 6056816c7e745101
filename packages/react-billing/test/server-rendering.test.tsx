// @vitest-environment jsdom
import { act } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { AccountCredits, BillingProvider, CheckoutReturn, PricingTable, SubscriptionStatus } from '../src/index.ts'
import { en } from '../src/messages/en.ts'
import { createFakeBilling, fakePlans, fakeStatus, fakeSubscription } from '../src/testing.ts'

afterEach(() => vi.restoreAllMocks())

const page = (locale: string, timeZone: string) => {
  const billing = createFakeBilling()
  const initialStatus = fakeStatus({ subscription: fakeSubscription({ nextBillingAt: '2026-12-31T23:30:00.000Z' }) })
  const element = (
    <BillingProvider
      client={billing.client}
      messages={en}
      locale={locale}
      timeZone={timeZone}
      initialStatus={initialStatus}
      initialPlans={fakePlans()}
    >
      <CheckoutReturn />
      <PricingTable />
      <AccountCredits />
      <SubscriptionStatus />
    </BillingProvider>
  )
  return { billing, element }
}

/** Renders on a server in Tokyo, and hydrates in a browser that was told `timeZone`. */
const hydrateIn = async (timeZone: string) => {
  const recovered: unknown[] = []
  const host = document.createElement('div')
  host.innerHTML = renderToString(page('en-GB', 'Asia/Tokyo').element)
  const rendered = host.textContent
  const { billing, element } = page('en-GB', timeZone)
  const root = await act(() => hydrateRoot(host, element, { onRecoverableError: (error) => recovered.push(error) }))
  act(() => root.unmount())
  return { rendered, recovered, calls: billing.calls }
}

it('renders everything on the server, and hydrates without a warning or a request', async () => {
  const errors = vi.spyOn(console, 'error')
  const { rendered, recovered, calls } = await hydrateIn('Asia/Tokyo')
  expect(rendered).toContain('1 January 2027')
  expect(rendered).toContain('Subscribe to Growth')
  expect(rendered).toContain('3 uses left')
  expect(recovered).toEqual([])
  expect(errors).not.toHaveBeenCalled()
  expect(calls).toEqual([])
})

it('would be noticed if server and browser disagreed', async () => {
  const { recovered } = await hydrateIn('UTC')
  expect(recovered).toHaveLength(1)
})
