import { describe, expect, test } from 'vitest'
import { announce } from '../../src/actions/announce.ts'
import { deliverEffects } from '../../src/actions/deliver-effects.ts'
import { eraseEvidence } from '../../src/actions/erase-evidence.ts'
import { receiveEvent } from '../../src/actions/receive-event.ts'
import { startPurchase } from '../../src/actions/start-purchase.ts'
import type { Effect } from '../../src/domain/event.ts'
import { alice } from './deps.ts'
import { day, openPost, type Post } from './post.ts'

const refunded: Effect = {
  key: 'purchase.refunded:re_1',
  type: 'purchase.refunded',
  accountId: 'alice',
  paymentId: 'pi_1',
  refundId: 're_1',
  amountMinor: 500,
  currency: 'usd',
  credits: 20,
}

const disputed: Effect = {
  key: 'dispute.opened:dp_1',
  type: 'dispute.opened',
  accountId: 'alice',
  paymentId: 'pi_1',
  disputeId: 'dp_1',
  amountMinor: 500,
  currency: 'usd',
  evidenceDueAt: null,
}

const owners = () => [
  { email: 'ada@example.com', name: 'Ada', locale: 'de-DE' },
  { email: 'bob@example.com' },
  { email: 'ADA@example.com' },
]

const announces = async ({ deps, settles }: Post, effect: Effect) => {
  await announce(deps, effect)
  await settles()
}

describe('a notification', () => {
  test('goes to each owner once, in their language, however often the effect is announced', async () => {
    const post = openPost(owners)
    await announces(post, refunded)
    await announces(post, refunded)
    await deliverEffects(post.deps)
    expect(post.sent.toSorted()).toEqual(['refunded ada@example.com', 'refunded bob@example.com'])
  })

  test('carries the language that the host says its reader has', async () => {
    const post = openPost(() => [
      { email: 'ada@example.com', locale: 'de-DE' },
      { email: 'bob@example.com', locale: 'not a language' },
    ])
    await announces(post, refunded)
    expect(post.notifications.map(({ recipient }) => recipient.locale)).toEqual(['de-DE', 'en-US'])
  })

  test('goes to the e-mail of the account where the host names nobody', async () => {
    const post = openPost(null)
    await announces(post, refunded)
    expect(post.sent).toEqual([])

    await post.signsUp()
    await announces(post, { ...refunded, key: 'purchase.refunded:re_2' })
    expect(post.sent).toEqual(['refunded alice@example.com'])
  })

  test('about a dispute goes to the operators and to nobody else', async () => {
    const post = openPost(owners)
    await announces(post, disputed)
    expect(post.sent).toEqual(['dispute_opened ops@example.com'])
  })

  test('that one recipient cannot get is sent to the others once, and to that one later', async () => {
    const post = openPost(owners)
    post.refusesMail(({ recipient }) => recipient.email === 'bob@example.com')
    await announces(post, refunded)
    expect(post.sent).toEqual(['refunded ada@example.com'])
    const [failed] = post.logged('notification_failed')
    expect(failed).toMatchObject({ kind: 'refunded', effect: refunded.key, attempts: 1 })

    post.refusesMail(() => false)
    post.passes(10_000)
    await deliverEffects(post.deps)
    await deliverEffects(post.deps)
    expect(post.sent).toEqual(['refunded ada@example.com', 'refunded bob@example.com'])
  })

  test('is sent though a hook throws, and not again when the hook hears', async () => {
    const post = openPost()
    post.refuses(() => true)
    await announces(post, refunded)
    expect(post.sent).toEqual(['refunded alice@example.com'])
    post.refuses(() => false)
    post.passes(10_000)
    await deliverEffects(post.deps)
    expect(post.keysTold()).toEqual([refunded.key])
    expect(post.sent).toHaveLength(1)
  })

  test('is written later when the host cannot say to whom; its hooks hear at once', async () => {
    let isDown = true
    const post = openPost(async () => {
      if (isDown) throw new Error('the directory is down')
      return owners()
    })
    await announces(post, refunded)
    expect(post.keysTold()).toEqual([refunded.key])
    isDown = false
    post.passes(10_000)
    await deliverEffects(post.deps)
    expect(post.sent).toHaveLength(2)
  })

  test('is sent by the worker when the process that wrote it is gone', async () => {
    const post = openPost()
    await announce(post.deps, refunded)
    post.forgets()
    await deliverEffects(post.deps)
    expect(post.sent).toEqual(['refunded alice@example.com'])
  })

  test('that nobody can take is given up in the end, and seen', async () => {
    const post = openPost()
    post.refusesMail(() => true)
    await announces(post, refunded)
    for (let i = 0; i < 20; i += 1) {
      post.passes(day)
      await deliverEffects(post.deps)
    }
    const { notifications } = post.deps.store
    expect(await notifications.state()).toMatchObject({ pending: 0, failed: 0, dead: 1 })
    expect(await notifications.list(['dead'], { before: null, limit: 10 })).toMatchObject([
      { item: { kind: 'refunded', recipient: { email: 'alice@example.com' } }, error: 'Error: no such mailbox' },
    ])
    expect(post.logged('notification_dead')).toHaveLength(1)
    expect(JSON.stringify(post.logged('notification_dead'))).not.toContain('alice@example.com')
  })

  test('is forgotten with the evidence of its account, and what the events said with it', async () => {
    const post = openPost()
    const { deps, bank } = post
    const { purchase } = await startPurchase(deps, { identity: alice, packId: 'uses20', quantity: 1, evidence: null })
    const providerPaymentId = purchase.providerPaymentId ?? ''
    bank.pays(providerPaymentId)
    const { body, headers } = bank.announces('event_1', { type: 'payment.changed', providerPaymentId })
    await receiveEvent(deps, { payload: Buffer.from(body), headers })
    await post.settles()
    expect(post.sent).toEqual(['receipt alice@example.com'])

    const { providerCustomerId = null } = (await deps.store.accounts.find('alice')) ?? {}
    const event = { id: 'event_2', type: 'customer.updated', objectId: null, apiVersion: null, mode: 'test' } as const
    await deps.store.events.add(
      { ...event, providerCustomerId, payload: 'her address', subject: 'event_2' },
      new Date(),
    )
    expect(await eraseEvidence(deps, 'alice')).toEqual({ erased: 3 })
    expect(await deps.store.events.find('event_2')).toMatchObject({ payload: null })
    expect(await deps.store.notifications.list(['sent'], { before: null, limit: 10 })).toEqual([])
  })
})

/** A provider that speaks of nothing that anybody here understands. */
const openBabel = () => {
  const post = openPost()
  const readFact = () => {
    throw new Error('unknown shape')
  }
  post.deps.provider = { ...post.deps.provider, readFact }
  const delivers = async (id: string) => {
    const { body, headers } = post.bank.announces(id, null)
    await receiveEvent(post.deps, { payload: Buffer.from(body), headers })
    await post.settles()
  }
  return { ...post, delivers }
}

describe('an event that is given up', () => {
  test('is announced, and written to the operators about, once', async () => {
    const { delivers, told, sent } = openBabel()
    await delivers('event_1')
    await delivers('event_1')
    expect(told).toMatchObject([
      { key: 'event.dead:event_1', accountId: null, eventId: 'event_1', error: 'Error: unknown shape' },
    ])
    expect(sent).toEqual(['dead_letter ops@example.com'])
  })

  test('speaks for all of its type in an hour: hooks hear of each, operators of the first', async () => {
    const { delivers, told, sent, passes } = openBabel()
    for (let i = 0; i < 5; i += 1) await delivers(`event_${i}`)
    expect([told.length, sent.length]).toEqual([5, 1])
    passes(3_600_000)
    await delivers('event_5')
    expect([told.length, sent.length]).toEqual([6, 2])
  })
})
