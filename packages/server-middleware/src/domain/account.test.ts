import { expect, test } from 'vitest'
import { namedAccountId } from './account.ts'

test('a service names an account by provider and id, together', () => {
  expect(namedAccountId('oauth:google', 'user@example.com')).toBe('oauth:google:user@example.com')
})

test('no two pairs name the same account', () => {
  const pairs = [
    ['oauth', 'google:1'],
    ['oauth:google', '1'],
    ['oauth', 'google%3A1'],
  ] as const

  expect(new Set(pairs.map(([provider, id]) => namedAccountId(provider, id))).size).toBe(3)
})
