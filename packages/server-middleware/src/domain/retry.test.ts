import { expect, it } from 'vitest'
import { retryAt } from './retry.ts'

const now = new Date('2026-11-24T12:00:00Z')
const secondsTo = (attempts: number, chance: number) => (Number(retryAt(attempts, now, chance)) - now.getTime()) / 1_000

it('waits twice as long after every failure, and never longer than six hours', () => {
  const pauses = Array.from({ length: 14 }, (_, i) => secondsTo(i + 1, 1))
  expect(pauses.slice(0, 5)).toEqual([10, 20, 40, 80, 160])
  expect(Math.max(...pauses)).toBe(21_600)
})

it('spreads those that failed together over half of the pause', () => {
  expect([secondsTo(1, 0), secondsTo(1, 0.5), secondsTo(1, 1)]).toEqual([5, 7.5, 10])
})

it('gives up after fifteen attempts, between half a day and a day after the first', () => {
  const hours = (chance: number) =>
    Array.from({ length: 14 }, (_, i) => secondsTo(i + 1, chance)).reduce((sum, pause) => sum + pause) / 3_600
  expect([hours(0), hours(1)].map(Math.round)).toEqual([12, 23])
  expect(retryAt(15, now, 0)).toBeNull()
})
