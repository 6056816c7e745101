import { describe, expect, it } from 'vitest'
import { fakeCredits } from '../testing.ts'
import { capacityOf, inUnits, levelOf, partsOf } from './meter-parts.ts'

describe('a meter', () => {
  it('is as long as what its grants held at first', () => {
    expect(capacityOf(fakeCredits({ free: 2, paid: 15, granted: { free: 3, paid: 20 } }))).toBe(23)
  })

  it('is never shorter than what is left', () => {
    expect(capacityOf({ ...fakeCredits({ paid: 15 }), grants: [] })).toBe(15)
  })

  it('has a segment a kind, one after the other in the order of spending', () => {
    const credits = fakeCredits({ free: 10, plan: 20, paid: 20, granted: { paid: 70 } })
    expect(partsOf(credits)).toEqual([
      { kind: 'free', credits: 10, fromPercent: 0, toPercent: 10 },
      { kind: 'plan', credits: 20, fromPercent: 10, toPercent: 30 },
      { kind: 'paid', credits: 20, fromPercent: 30, toPercent: 50 },
    ])
  })

  it.each([
    [20, undefined, 'ok'],
    [4, undefined, 'ok'],
    [3, undefined, 'low'],
    [10, 10, 'low'],
    [0, undefined, 'empty'],
  ] as const)('with %i of 20 left, low at %s, is %s', (paid, lowAt, level) => {
    expect(levelOf(fakeCredits({ paid, granted: { paid: 20 } }), lowAt)).toBe(level)
  })

  it('shows units, however finely they are counted', () => {
    const counted = inUnits(fakeCredits({ scale: 1000, paid: 1500, debt: 250, granted: { paid: 10_000 } }))
    expect(counted).toMatchObject({ available: 1.25, paid: 1.5, debt: 0.25, free: 0 })
    expect([capacityOf(counted), levelOf(counted, 1.25)]).toEqual([10, 'low'])
  })

  it('is empty while more is owed than there is', () => {
    expect(levelOf(fakeCredits({ paid: 2, debt: 3 }))).toBe('empty')
  })
})
