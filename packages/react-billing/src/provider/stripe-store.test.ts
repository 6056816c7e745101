import { describe, expect, it } from 'vitest'
import { createStripeStore, type StripeObject } from './stripe-store.ts'

const stripe: StripeObject = { elements: 1, createToken: 1, createPaymentMethod: 1, confirmCardPayment: 1 }

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the loading of Stripe.js', () => {
  it('is idle until somebody asks', () => {
    expect(createStripeStore().get()).toEqual({ state: 'idle' })
  })

  it('happens once, however many ask', async () => {
    const store = createStripeStore()
    let loads = 0
    const loader = () => {
      loads += 1
      return Promise.resolve(stripe)
    }
    store.load(loader)
    store.load(loader)
    expect(store.get()).toEqual({ state: 'loading' })
    await settled()
    expect(store.get()).toEqual({ state: 'ready', stripe })
    expect(loads).toBe(1)
  })

  it('is blocked when it fails, says so, and can be tried again', async () => {
    const store = createStripeStore()
    const seen: string[] = []
    store.subscribe(() => seen.push(store.get().state))
    const answers = [Promise.reject(new Error('blocked')), Promise.resolve(stripe)]
    store.load(() => answers.shift() ?? null)
    await settled()
    store.retry()
    await settled()
    expect(seen).toEqual(['loading', 'blocked', 'loading', 'ready'])
  })

  it('is blocked where there is no Stripe.js to be had', async () => {
    const store = createStripeStore()
    store.load(() => null)
    await settled()
    expect(store.get().state).toBe('blocked')
  })
})
