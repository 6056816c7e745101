import type { ChargeResponse, HoldResponse } from '@paywright/contract'
import { describe, expect, test } from 'vitest'
import type { Posting } from '../../src/domain/credits/operation.ts'
import { BillingError } from '../../src/domain/errors.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { charge, newLedger, times } from '../contracts/store-fixtures.ts'
import { openDatabase } from '../contracts/store-world.ts'
import type { Actor } from '../journeys/actor.ts'
import { openWorld } from '../journeys/world.ts'

/** Each of these went wrong in somebody's product, in the open. */
const holds = (actor: Actor, credits: number) =>
  actor.post<HoldResponse>('/credits/holds', { credits, description: 'A summary' })

const ends = (actor: Actor, how: `${string}/${'capture' | 'release'}`, body: object = {}) =>
  actor.post<ChargeResponse>(`/credits/holds/${how}`, body)

describe('charges at the same time', () => {
  test('two parallel charges of the last credit spend it once', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    await alice.ask()
    await alice.ask()
    const answers = await Promise.all([alice.ask(), alice.ask()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 402])
    expect(await alice.credits()).toMatchObject({ available: 0, totalUses: 3 })
  })

  test('an account that has enough is told so, however many processes write to it at once', async () => {
    await using database = await openDatabase()
    const stores = await Promise.all(times(4, async () => mongoStore({ connection: await database.connect() })))
    await stores[0]?.migrate()
    const ref = newLedger(400)
    const postings = await Promise.all(
      stores.flatMap(({ ledger }, process) => times(100, (i) => ledger.post(ref, charge(`${process}-${i}`)))),
    )
    expect(new Set(postings.map(({ outcome }) => outcome))).toEqual(new Set(['posted']))
    expect(await stores[0]?.ledger.post(ref, charge('one more'))).toMatchObject({ outcome: 'insufficient' })
    await Promise.all(stores.map((store) => store.close()))
  })
})

/** The database has written, and its answer to the first of these operations does not arrive. */
const losingAnswerTo = (store: BillingStore, op: string): BillingStore => {
  let isLost = false
  const post: BillingStore['ledger']['post'] = async (ledger, operation): Promise<Posting> => {
    const posting = await store.ledger.post(ledger, operation)
    if (isLost || operation.op !== op) return posting
    isLost = true
    throw new BillingError('outcome_unknown', 'The answer was lost.')
  }
  return { ...store, ledger: { ...store.ledger, post } }
}

describe('work that is settled afterwards', () => {
  test.each([
    ['capture', { credits: 1 }, { available: 2, totalUses: 1 }],
    ['release', {}, { available: 3, totalUses: 0 }],
  ] as const)('a %s whose answer was lost, asked for again, happens once', async (how, body, after) => {
    await using database = await openDatabase()
    const store = losingAnswerTo(mongoStore({ connection: database.connection }), how)
    await using world = await openWorld({ webhooks: 'off', store })
    const alice = world.signIn('alice')
    const { hold } = (await holds(alice, 3)).body
    expect(await ends(alice, `${hold.id}/${how}`, body)).toMatchObject({
      status: 503,
      body: { code: 'outcome_unknown' },
    })
    for (let i = 0; i < 3; i += 1) {
      expect(await ends(alice, `${hold.id}/${how}`, body)).toMatchObject({ status: 200, body: { replayed: true } })
    }
    expect(await alice.credits()).toMatchObject({ held: 0, ...after })
  })

  test('credits come back from a hold that is there, and from nothing else', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    await alice.ask()
    const { hold } = (await holds(alice, 2)).body
    await ends(alice, `${hold.id}/capture`, { credits: 2 })
    for (const holdId of [hold.id, 'h1', 'h99', 'refund']) {
      expect(await ends(alice, `${holdId}/release`)).toMatchObject({ status: 409, body: { code: 'hold_closed' } })
    }
    expect(await alice.credits()).toMatchObject({ available: 0, totalUses: 3 })
  })

  test('work under a key whose credits were given back is not done unpaid', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const call = { accountId: 'account-alice', credits: 2, key: 'job-1', description: 'A summary' }
    await expect(world.billing.withHold(call, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    let worked = false
    const work = async () => {
      worked = true
      return { result: null, credits: 2 }
    }
    await expect(world.billing.withHold(call, work)).rejects.toMatchObject({ code: 'hold_closed' })
    expect(worked).toBe(false)
    await world.billing.withHold({ ...call, key: 'job-1-again' }, work)
    expect(await world.billing.credits(call)).toMatchObject({ available: 1, spent: 2 })
  })
})
