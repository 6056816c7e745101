import { expect, test } from 'vitest'
import { routes } from './routes.ts'

test('no two routes share a method and a path', () => {
  const addresses = Object.values(routes).map(({ method, path }) => `${method} ${path}`)

  expect(new Set(addresses).size).toBe(addresses.length)
})
