import { describe, expect, it } from 'vitest'
import { personNamed } from './person.ts'

describe('personNamed', () => {
  it('is the same account in whatever case', () => {
    expect(personNamed(' Ada ')).toEqual({ accountId: 'ada', name: 'Ada', email: 'ada@example.com' })
    expect(personNamed('ADA')?.accountId).toBe('ada')
  })

  it('has an address in every script', () => {
    expect(personNamed('Zoë O’Neill')?.email).toBe('zoe.o.neill@example.com')
    expect(personNamed('李')).toEqual({ accountId: '李', name: '李', email: 'somebody@example.com' })
  })

  it.each(['', '   ', undefined, 7, { name: 'Ada' }])('is nobody without a name: %j', (typed) => {
    expect(personNamed(typed)).toBeNull()
  })
})
