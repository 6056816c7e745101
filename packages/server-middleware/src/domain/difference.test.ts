import { describe, expect, it } from 'vitest'
import { differencesOf } from './difference.ts'

const about = { kind: 'subscription', id: 'sub_1' } as const
const endsAt = new Date('2026-12-01T00:00:00Z')

describe('differences', () => {
  it('are none where both say the same, a thing that is not there included', () => {
    const held = { status: 'active', endsAt, items: [{ quantity: 2 }], note: null }
    const truth = { status: 'active', endsAt: new Date(endsAt), items: [{ quantity: 2 }] }
    expect(differencesOf({ ...about, held, truth })).toEqual([])
  })

  it('name each field with what we hold and what the provider says', () => {
    const held = { status: 'active', paid: false, cancelAt: null }
    const truth = { status: 'canceled', paid: true, cancelAt: endsAt, seats: 3 }
    expect(differencesOf({ ...about, held, truth })).toEqual([
      { ...about, field: 'status', held: 'active', provider: 'canceled' },
      { ...about, field: 'paid', held: 'false', provider: 'true' },
      { ...about, field: 'cancelAt', held: null, provider: JSON.stringify(endsAt) },
      { ...about, field: 'seats', held: null, provider: '3' },
    ])
  })

  it('say when the provider has no such thing', () => {
    expect(differencesOf({ ...about, held: { status: 'active' }, truth: null })).toEqual([
      { ...about, field: 'itself', held: 'there', provider: null },
    ])
  })
})
