// @vitest-environment jsdom
import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import { callsTo, renderWithBilling } from '../../test/setup.tsx'
import { fakeCredits, fakePlans, fakeStatus } from '../testing.ts'
import { useCredits } from './useCredits.ts'
import { usePlans } from './usePlans.ts'
import { useStatus } from './useStatus.ts'
import { useSubscription } from './useSubscription.ts'

afterEach(cleanup)

const Balance = () => {
  const credits = useCredits()
  return <output>{credits.state === 'ready' ? credits.value.available : credits.state}</output>
}

const Plan = () => {
  const status = useStatus()
  const subscription = useSubscription()
  if (status.state !== 'ready' || subscription.state !== 'ready') return <p>{status.state}</p>
  return (
    <button type="button" onClick={() => void status.refresh()}>
      {status.value.plan.name}, {subscription.value?.status ?? 'none'}
    </button>
  )
}

const Catalog = () => {
  const plans = usePlans()
  if (plans.state === 'error') {
    return (
      <button type="button" onClick={() => void plans.retry()}>
        {plans.error.message}
      </button>
    )
  }
  return <p>{plans.state === 'ready' ? plans.value.plans.length : plans.state}</p>
}

describe('hooks that read', () => {
  it('share one GET of the status', async () => {
    const world = renderWithBilling([<Balance key="1" />, <Balance key="2" />, <Plan key="3" />])
    await screen.findByText('Free, none')
    expect(screen.getAllByText('3')).toHaveLength(2)
    expect(callsTo(world, 'getStatus')).toHaveLength(1)
  })

  it('all show what a refresh brings', async () => {
    const world = renderWithBilling([<Balance key="1" />, <Plan key="2" />])
    const refresh = await screen.findByRole('button', { name: 'Free, none' })
    world.scenario.status = fakeStatus({ credits: fakeCredits({ free: 2 }) })
    fireEvent.click(refresh)
    await screen.findByText('2')
  })

  it('keep what they have shown when reading it again fails', async () => {
    const world = renderWithBilling([<Balance key="1" />, <Plan key="2" />])
    const refresh = await screen.findByRole('button', { name: 'Free, none' })
    world.scenario.failures = { getStatus: 'forbidden' }
    fireEvent.click(refresh)
    await waitFor(() => expect(callsTo(world, 'getStatus')).toHaveLength(2))
    expect(screen.getByText('3')).toBeDefined()
  })

  it('say what failed, and try again', async () => {
    const world = renderWithBilling(<Catalog />, { failures: { listPlans: 'forbidden' } })
    await screen.findByRole('button', { name: 'A forbidden error.' })
    world.scenario.failures = {}
    fireEvent.click(await screen.findByRole('button', { name: 'A forbidden error.' }))
    await screen.findByText('3')
  })

  it('ask nothing of the server for what it rendered with', async () => {
    const initial = { initialStatus: fakeStatus(), initialPlans: fakePlans() }
    const world = renderWithBilling([<Balance key="1" />, <Catalog key="2" />], {}, initial)
    expect(screen.getAllByText('3')).toHaveLength(2)
    expect(world.calls).toEqual([])
  })

  it('throw a helpful error without a provider', () => {
    expect(() => render(<Balance />)).toThrow('need a <BillingProvider> above them')
  })
})

describe('the provider', () => {
  const Host = ({ expected }: { expected: QueryClient }) => <p>{String(useQueryClient() === expected)}</p>

  it('leaves the host’s own TanStack Query client in place', async () => {
    const hosts = new QueryClient()
    renderWithBilling([
      <QueryClientProvider key="1" client={hosts}>
        <Balance />
        <Host expected={hosts} />
      </QueryClientProvider>,
    ])
    expect(screen.getByText('true')).toBeDefined()
    await screen.findByText('3')
    expect(hosts.getQueryCache().getAll()).toEqual([])
  })

  it('keeps its answers in the host’s client when that is handed over', async () => {
    const hosts = new QueryClient()
    renderWithBilling(<Balance />, {}, { queryClient: hosts })
    await screen.findByText('3')
    expect(
      hosts
        .getQueryCache()
        .getAll()
        .map(({ queryKey }) => queryKey),
    ).toEqual([['paywright', '/billing', 'status']])
  })
})
