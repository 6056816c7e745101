import { describe, expect, test } from 'vitest'
import { billingErrorCodes, isProblem } from './errors.ts'

describe('a body is a problem document of ours', () => {
  test.each(billingErrorCodes)('with the code %s', (code) => {
    expect(isProblem({ code, status: 400, title: '', detail: '', type: '', instance: '', requestId: '' })).toBe(true)
  })

  test.each([
    null,
    undefined,
    'not_found',
    404,
    [],
    {},
    { code: 'not_found' },
    { code: 'unheard_of', status: 400 },
    { code: 'not_found', status: '404' },
  ])('and %j is none', (body) => {
    expect(isProblem(body)).toBe(false)
  })
})
