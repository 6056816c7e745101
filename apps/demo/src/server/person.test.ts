import { describe, expect, it } from 'vitest'
import { personNamed } from './person.ts'

describe('personNamed', () => {
  it('is the same account in whatever case', () => {
    expect(personNamed(' Ada ')).toEqual({ accountId: 'ada', name: 'Ada', email: 'ada@example.com' })
    expect(personNamed('ADA')?.accountId).toBe('ada')
  })

  it('has an address of its own in every script', () => {
    expect(personNamed('Ada Lovelace')?.email).toMatch(/^person-[0-9a-f]+@example\.com$/)
    expect(personNamed('李')?.email).not.toBe(personNamed('王')?.email)
  })

  it.each(['', '   ', undefined, 7, { name: 'Ada' }])('is nobody without a name: %j', (typed) => {
    expect(personNamed(typed)).toBeNull()
  })
})
