import { describe, expect, test } from 'vitest'
import type { Effect } from './domain/event.ts'
import { createHooks } from './hooks.ts'

const ended: Effect = {
  key: 'subscription.ended:sub_1',
  type: 'subscription.ended',
  accountId: 'a',
  providerSubscriptionId: 'sub_1',
  planId: null,
}

describe('hooks', () => {
  test('hear their own type only, in the order they were added', async () => {
    const heard: string[] = []
    const hooks = createHooks(null)
    hooks.on('subscription.ended', () => void heard.push('first'))
    hooks.on('purchase.succeeded', () => void heard.push('other'))
    hooks.on('subscription.ended', async () => void heard.push('second'))

    await hooks.notifier.notify(ended)

    expect(heard).toEqual(['first', 'second'])
  })

  test('stop hearing when they are taken off', async () => {
    const heard: Effect[] = []
    const hooks = createHooks(null)
    const off = hooks.on('subscription.ended', (effect) => void heard.push(effect))

    off()
    await hooks.notifier.notify(ended)

    expect(heard).toEqual([])
  })

  test('that fail keep the effect from counting as told', async () => {
    const told: Effect[] = []
    const hooks = createHooks({ notify: async (effect) => void told.push(effect) })
    hooks.on('subscription.ended', () => Promise.reject(new Error('mail is down')))

    await expect(hooks.notifier.notify(ended)).rejects.toThrow('mail is down')
    expect(told).toEqual([])
  })

  test("are joined by the host's notifier", async () => {
    const told: Effect[] = []
    const hooks = createHooks({ notify: async (effect) => void told.push(effect) })

    await hooks.notifier.notify(ended)

    expect(told).toEqual([ended])
  })
})
