import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { depth } from '../ledger/depth.ts'
import type { Mode } from './host.ts'
import { Theatre } from './theatre.ts'
import { anyChange, everyStep, walk } from './walk.ts'
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

describe.each(Object.keys(ways))('%s', (name) => {
  it.each(modes)('ends as if nobody had died, at whichever step somebody does, %s', { timeout }, async (mode) => {
    const way = wayOf(name)
    const scene = await theatre.scene(way)
    const { expected, deaths, deviation } = await walk(theatre, { scene, mode }, choose)

    expect(expected).toMatchObject({ wrongs: [], unsound: [] })
    expect(new Set(expected.told.map((key) => key.slice(0, key.indexOf(':'))))).toEqual(new Set(way.tells))
    expect(expected.sent).toHaveLength(1)
    if (deviation) expect(deviation).toEqual({ ...deviation, end: expected })
    expect(deaths.length).toBeGreaterThan(0)
  })
})

describe('a death finds it when a host', () => {
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
      differs: { wrongs: [], unsound: [] },
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
