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
    const { on, listener } = createHooks()
    on('subscription.ended', async () => {
      await new Promise(setImmediate)
      heard.push('first')
    })
    on('purchase.succeeded', () => void heard.push('other'))
    on('subscription.ended', () => void heard.push('second'))

    await listener.hear(ended)

    expect(heard).toEqual(['first', 'second'])
  })

  test('stop hearing when they are taken off', async () => {
    const heard: Effect[] = []
    const { on, listener } = createHooks()
    const off = on('subscription.ended', (effect) => void heard.push(effect))

    off()
    await listener.hear(ended)

    expect(heard).toEqual([])
  })

  test('that fail keep the effect from counting as told, and none of the others from hearing', async () => {
    const heard: Effect[] = []
    const { on, listener } = createHooks()
    on('subscription.ended', () => Promise.reject(new Error('the queue is down')))
    on('subscription.ended', (effect) => void heard.push(effect))

    await expect(listener.hear(ended)).rejects.toThrow('the queue is down')
    expect(heard).toEqual([ended])
  })
})
