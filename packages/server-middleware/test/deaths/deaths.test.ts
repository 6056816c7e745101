import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depth } from '../ledger/depth.ts'
import type { End } from './end.ts'
import type { Mode } from './host.ts'
import { Theatre } from './theatre.ts'
import { anyChange, everyStep, walk } from './walk.ts'
import type { Way } from './way.ts'
import { ways } from './ways.ts'

const timeout = depth(60_000, 3_600_000)
const choose = depth(anyChange, everyStep)
const modes: readonly Mode[] = ['inline', 'queued']

let theatre: Theatre

beforeAll(async () => {
  theatre = await Theatre.open()
})

afterAll(() => theatre?.[Symbol.asyncDispose]())

const wayOf = (name: string) => {
  const way = ways[name]
  if (!way) throw new Error(`There is no way of ${name}.`)
  return way
}

const outboxes = ['billing_effects', 'billing_notifications'] as const

/** What happened at Stripe is here, and everybody who is to know of it does. */
const expectDone = ({ rows, told, sent, wrongs, unsound }: End, { tells, leaves }: Way) => {
  const statesIn = (name: string) => new Set(rows[name]?.map(({ state }) => state))
  expect({ wrongs, unsound }).toEqual({ wrongs: [], unsound: [] })
  expect(statesIn('billing_provider_events')).toEqual(new Set(['done']))
  for (const name of outboxes) expect(statesIn(name)).toEqual(new Set(['sent']))
  expect(new Set(told.map((key) => key.slice(0, key.indexOf(':'))))).toEqual(new Set(tells))
  expect(sent).toHaveLength(1)
  expect(rows.billing_ledger_entries?.at(-1)).toMatchObject({ balanceAfter: leaves })
}

describe.each(Object.keys(ways))('%s', (name) => {
  it.each(modes)('ends as if nobody had died, at whichever step somebody does, %s', { timeout }, async (mode) => {
    const way = wayOf(name)
    const scene = await theatre.scene(way)
    const { expected, deaths, deviation } = await walk(theatre, { scene, mode }, choose)

    expectDone(expected, way)
    if (deviation) expect(deviation).toEqual({ ...deviation, end: expected })
    expect(deaths.length).toBeGreaterThan(0)
  })
})

describe('a death finds it when a host', () => {
  const free = { op: 'grant', credits: 3 }
  const bought = { op: 'grant', credits: 20 }
  const spoilt = [
    {
      flaw: 'answers before it has stored',
      way: 'a purchase',
      step: 'before insert billing_provider_events',
      differs: { wrongs: [expect.stringContaining('was answered, and is not stored')], told: [], sent: [] },
    },
    {
      flaw: 'is done with an event before it has applied it',
      way: 'a purchase',
      step: 'before update billing_ledgers',
      differs: { wrongs: [], told: [], sent: [] },
    },
    {
      flaw: 'is done with an effect before it has told it',
      way: 'a purchase',
      step: 'before insert billing_notifications',
      differs: { wrongs: [], sent: [] },
    },
    {
      flaw: 'posts under a key that tomorrow is another',
      way: 'a purchase',
      step: 'after update billing_ledgers',
      differs: { rows: { billing_ledger_entries: [free, bought, bought] }, told: [expect.any(String)] },
    },
  ]

  it.each(spoilt)('$flaw', { timeout }, async ({ flaw, way, step, differs }) => {
    const scene = await theatre.scene(wayOf(way))
    const { deviation } = await walk(theatre, { scene, mode: 'inline', flaw }, () => [step])

    expect(deviation).toMatchObject({ diedAt: step, end: differs })
  })

  it('tells what it has not written down, even before', { timeout }, async () => {
    const scene = await theatre.scene(wayOf('a refund'))
    const flaw = 'tells what it has not written down'
    const { expected } = await walk(theatre, { scene, mode: 'inline', flaw }, () => [])

    expect(expected.wrongs).toEqual([expect.stringMatching(/^purchase.refunded:.* twice$/)])
  })
})
