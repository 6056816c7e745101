import { describe, expect, test } from 'vitest'
import { announce } from '../../src/actions/announce.ts'
import { deliverEffects } from '../../src/actions/deliver-effects.ts'
import { operateOutbox } from '../../src/actions/operate-outbox.ts'
import type { OutboxItem } from '../../src/actions/read-outbox.ts'
import { ended } from '../fixtures/ended.ts'
import { day, openPost, type Post } from './post.ts'

/** Effects and messages that nobody took for so long that they were given up. */
const giveUp = async (post: Post, keys: readonly string[], what: 'effects' | 'mail') => {
  const refuse = what === 'effects' ? post.refuses : post.refusesMail
  refuse(() => true)
  for (const key of keys) await announce(post.deps, ended(key))
  for (let i = 0; i < 20; i += 1) {
    post.passes(day)
    await deliverEffects(post.deps)
  }
  refuse(() => false)
}

const all = async (items: AsyncIterable<OutboxItem>): Promise<OutboxItem[]> => {
  const found: OutboxItem[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('what was given up', () => {
  test('is listed, effects and messages together, the newest first', async () => {
    const post = openPost()
    await post.signsUp()
    await giveUp(post, ['a', 'b'], 'effects')
    await giveUp(post, ['c'], 'mail')
    const { items, next } = await operateOutbox(post.deps).list({ states: ['dead'], limit: 2 })
    expect(items).toMatchObject([
      { kind: 'notification', key: 'c:alice@example.com', type: 'subscription_canceled', email: 'alice@example.com' },
      { kind: 'effect', key: 'b', type: 'subscription.ended', accountId: 'alice', email: null, state: 'dead' },
    ])
    expect(next).toMatchObject({ key: 'b' })
    expect(items[0]).not.toHaveProperty('item')
  })

  test('is told and sent when somebody asks for it, once', async () => {
    const post = openPost()
    await giveUp(post, ['a'], 'effects')
    await giveUp(post, ['b'], 'mail')
    const outbox = operateOutbox(post.deps)
    const [told, sent] = [[...post.keysTold()], [...post.sent]]

    expect(await outbox.retry('a')).toMatchObject({ state: 'sent', attempts: 1, error: null })
    expect(await outbox.retry('b:alice@example.com')).toMatchObject({ state: 'sent', attempts: 1 })
    expect(await outbox.retry('a')).toMatchObject({ state: 'sent', attempts: 1 })
    expect(await outbox.retry('b:alice@example.com')).toMatchObject({ state: 'sent', attempts: 1 })

    expect(post.keysTold()).toEqual([...told, 'a'])
    expect(post.sent).toEqual([...sent, 'subscription_canceled alice@example.com'])
  })

  test('is tried again for a day when it fails once more', async () => {
    const post = openPost()
    await giveUp(post, ['a'], 'effects')
    post.refuses(() => true)
    expect(await operateOutbox(post.deps).retry('a')).toMatchObject({ state: 'failed', attempts: 1 })
    post.refuses(() => false)
    post.passes(day)
    await deliverEffects(post.deps)
    expect(post.keysTold()).toEqual(['a'])
  })

  test('is all taken up, more than a page of it, each once, also when it fails again', async () => {
    const post = openPost()
    const keys = Array.from({ length: 120 }, (_, i) => `effect_${i}`)
    await giveUp(post, keys, 'effects')
    post.refuses(({ key }) => key === 'effect_7')
    const retried = await all(operateOutbox(post.deps).retryAll())
    expect(retried.map(({ key }) => key).toSorted()).toEqual(keys.toSorted())
    expect(retried.filter(({ state }) => state !== 'sent')).toMatchObject([{ key: 'effect_7', state: 'failed' }])
  })

  test('says that nothing sends messages, where nothing does', async () => {
    const post = openPost()
    await giveUp(post, ['a'], 'mail')
    const outbox = operateOutbox({ ...post.deps, correspondence: null })
    expect(await outbox.retry('a:alice@example.com')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('notifications.notifier'),
    })
  })

  test('is not found under a key that nobody gave', async () => {
    await expect(operateOutbox(openPost().deps).retry('nothing')).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('what another process is at is left to it', async () => {
  const { deps } = openPost()
  const now = deps.clock.now()
  await deps.store.effects.claim(ended('a'), { owner: 'other', now, until: new Date(now.getTime() + 60_000) })
  expect(await operateOutbox(deps).retry('a')).toMatchObject({ state: 'pending', attempts: 1 })
})
