import { v7 } from 'uuid'
import { expect, it } from 'vitest'
import type { BookEntry } from '../../domain/credits/entry.ts'
import { afterTrimming, mayBeTrimmed, nothingTrimmed, type Trimmed } from './trimmed.ts'

const now = Date.parse('2026-11-24T12:00:00Z')
const minutes = (count: number) => now + count * 60_000
const key = (msecs: number) => `charge:${v7({ msecs })}`
const trim = (from: Trimmed, ...times: number[]) =>
  times.reduce((trimmed, time) => afterTrimming(trimmed, { key: key(time), at: new Date(now) } as BookEntry), from)

it('looks for every key that says nothing of its time', () => {
  for (const opaque of ['charge:order-7', 'grant:pi_1', 'charge:8f14e45f-ceea-467f-a5a2-6b3c1d0c1b2a'])
    expect(mayBeTrimmed(nothingTrimmed, opaque)).toBe(true)
})

it('looks for no key that is newer than all that left', () => {
  const trimmed = trim(nothingTrimmed, minutes(-3), minutes(-1), minutes(-2))
  expect([-2, -1, 0].map((at) => mayBeTrimmed(trimmed, key(minutes(at))))).toEqual([true, true, false])
})

it('a key from the far future does not make it look for all to come', () => {
  const trimmed = trim(nothingTrimmed, minutes(-1), Date.parse('2100-01-01'), Date.parse('2099-01-01'))
  expect(mayBeTrimmed(trimmed, key(minutes(1)))).toBe(false)
  expect(['2099-01-01', '2100-01-01'].map((at) => mayBeTrimmed(trimmed, key(Date.parse(at))))).toEqual([true, true])
})
