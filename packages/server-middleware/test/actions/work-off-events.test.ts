import { beforeEach, expect, it } from 'vitest'
import { workOffEvents } from '../../src/actions/work-off-events.ts'
import type { Deps } from '../../src/ports/deps.ts'
import { later, newEvent, times } from '../contracts/store-fixtures.ts'
import { openBench } from './deps.ts'

const start = new Date('2026-01-15T12:00:00Z')

let deps: Deps
let now: Date

beforeEach(() => {
  const { deps: given } = openBench()
  deps = { ...given, clock: { ...given.clock, now: () => now } }
  now = start
})

const receive = (count: number) =>
  Promise.all(times(count, () => deps.store.events.add(newEvent({ type: 'a.new_type' }), now)))

it('events that come one by one are applied at once', async () => {
  await receive(3)
  expect(await workOffEvents(deps)).toBe(3)
})

it('in a storm they wait for more about the same, and are applied when it is over', async () => {
  await receive(50)
  expect(await workOffEvents(deps)).toBe(0)
  now = later(start, 501)
  expect(await workOffEvents(deps)).toBe(50)
})

it('a storm that goes on keeps nothing waiting for more than half a minute', async () => {
  await receive(10)
  now = later(start, 30_000)
  await receive(50)
  expect(await workOffEvents(deps)).toBe(10)
})
