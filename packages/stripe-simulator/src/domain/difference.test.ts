import { describe, expect, it } from 'vitest'
import { previousAttributes } from './difference.ts'

describe('previous attributes', () => {
  it('name what changed, with its old value', () => {
    expect(previousAttributes({ status: 'active', id: 'x' }, { status: 'past_due', id: 'x' })).toEqual({
      status: 'active',
    })
  })

  it('go into nested objects but keep arrays whole', () => {
    const old = { settings: { a: 1, b: 2 }, items: [1, 2] }
    expect(previousAttributes(old, { settings: { a: 1, b: 3 }, items: [1, 3] })).toEqual({
      settings: { b: 2 },
      items: [1, 2],
    })
  })

  it('are absent when nothing changed', () => {
    expect(previousAttributes({ a: [1], $own: 1 }, { a: [1], $own: 2 })).toBeUndefined()
  })
})
