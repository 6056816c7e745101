import { describe, expect, it } from 'vitest'
import { grantCredits } from '../../src/actions/grant-credits.ts'
import { readCredits } from '../../src/actions/read-credits.ts'
import { alice, openBench } from './deps.ts'

const gift = { identity: alice, credits: 50, reason: 'Sorry for the outage', key: 'outage', expiresAt: null }

describe('credits that are given away', () => {
  it('are promotional, and say why they came', async () => {
    const { deps } = openBench()
    const { entry, replayed } = await grantCredits(deps, gift)
    expect(entry).toMatchObject({ op: 'grant', credits: 50, note: { description: 'Sorry for the outage' } })
    expect(replayed).toBe(false)
    expect(await readCredits(deps, alice)).toMatchObject({ available: 53, remaining: { free: 3, promotional: 50 } })
  })

  it('come once for each key', async () => {
    const { deps } = openBench()
    const first = await grantCredits(deps, gift)
    const again = await grantCredits(deps, gift)
    expect(again).toMatchObject({ replayed: true, entry: first.entry })
    await grantCredits(deps, { ...gift, key: 'birthday' })
    expect(await readCredits(deps, alice)).toMatchObject({ remaining: { promotional: 100 } })
  })

  it.each([
    ['other credits', { credits: 60 }],
    ['another reason', { reason: 'Because' }],
    ['another end', { expiresAt: new Date('2099-01-01T00:00:00Z') }],
  ])('are refused under a key that stands for %s', async (_what, changes) => {
    const { deps } = openBench()
    await grantCredits(deps, gift)
    await expect(grantCredits(deps, { ...gift, ...changes })).rejects.toMatchObject({ code: 'idempotency_conflict' })
  })

  it('cannot take the key of money', async () => {
    const { deps } = openBench()
    const { entry } = await grantCredits(deps, { ...gift, key: 'grant:pi_1' })
    expect(entry.key).toBe('promotion:grant:pi_1')
  })

  it('last as long as was said', async () => {
    const { deps } = openBench()
    const expiresAt = new Date('2099-01-01T00:00:00Z')
    await grantCredits(deps, { ...gift, expiresAt })
    expect((await readCredits(deps, alice)).nextExpiryAt).toEqual(expiresAt)
  })

  it.each([0, -5, 1.5, Number.NaN])('are whole and at least one, not %s', async (credits) => {
    const { deps } = openBench()
    await expect(grantCredits(deps, { ...gift, credits })).rejects.toMatchObject({ code: 'invalid_request' })
  })
})
