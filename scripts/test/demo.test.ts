import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings } from '../demo/settings.ts'
import { withDatabase } from '../demo/store.ts'
import { refuseUnusableKeys } from '../demo/stripe.ts'
import { root } from '../lib/install.mjs'

describe('settings', () => {
  test('without flags and environment the demo is on port 3000, with a MongoDB and the data it has kept', () => {
    const folder = path.join(root, '.data')
    expect(readSettings({}, {})).toEqual({ port: 3000, store: 'mongo', isFresh: false, folder, env: {} })
  })

  test('a flag wins over the environment', () => {
    const env = { PORT: '4000', PAYWRIGHT_STORE: 'memory' }
    expect(readSettings({}, env)).toMatchObject({ port: 4000, store: 'memory' })
    expect(readSettings({ port: '5000', store: 'mongo' }, env)).toMatchObject({ port: 5000, store: 'mongo' })
  })

  test.each(['nope', '0', '65536', '1.5', ''])('"%s" is refused as a port', (port) => {
    expect(() => readSettings({ port }, {})).toThrow('is no port')
  })

  test('a store that nobody knows is refused with those that are', () => {
    expect(() => readSettings({ store: 'redis' }, {})).toThrow('choose mongo or memory')
  })
})

describe('the database of the demo', () => {
  test.each([
    ['mongodb://127.0.0.1:1234/?replicaSet=x', 'mongodb://127.0.0.1:1234/paywright-demo?replicaSet=x'],
    ['mongodb://127.0.0.1:1234', 'mongodb://127.0.0.1:1234/paywright-demo'],
    ['mongodb+srv://a:b@c.example/mine?w=1', 'mongodb+srv://a:b@c.example/mine?w=1'],
  ])('%s becomes %s', (uri, named) => {
    expect(withDatabase(uri)).toBe(named)
  })
})

describe('real keys', () => {
  const others = { STRIPE_PUBLISHABLE_KEY: 'pk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' }

  test.each(['sk_test_1', 'rk_test_1'])('%s is a key that the demo takes', (STRIPE_SECRET_KEY) => {
    expect(() => refuseUnusableKeys({ STRIPE_SECRET_KEY, ...others })).not.toThrow()
  })

  test.each(['sk_live_1', 'rk_live_1'])('%s is refused: the demo takes payments', (STRIPE_SECRET_KEY) => {
    expect(() => refuseUnusableKeys({ STRIPE_SECRET_KEY, ...others })).toThrow('is a live key')
  })

  test('a publishable key in its place is refused', () => {
    expect(() => refuseUnusableKeys({ STRIPE_SECRET_KEY: 'pk_test_1', ...others })).toThrow(
      'has to start with sk_test_',
    )
  })

  test('what is missing beside the key is named', () => {
    const keys = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_PUBLISHABLE_KEY: 'pk_test_1' }
    expect(() => refuseUnusableKeys(keys)).toThrow('the demo needs STRIPE_WEBHOOK_SECRET.')
  })
})
