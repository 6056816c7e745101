import { describe, expect, test } from 'vitest'
import { compare } from '../stripe-mock/compare.ts'
import { distinct, type Exchange, routeOf } from '../stripe-mock/exchange.ts'
import { knownAs } from '../stripe-mock/known-differences.ts'
import { withoutStripeMock } from '../stripe-mock/stripe-mock.ts'

const exchange = (more: Partial<Exchange> = {}): Exchange => ({
  method: 'POST',
  url: '/v1/customers',
  body: 'name=Ada',
  status: 200,
  answer: '{"id":"cus_1","object":"customer","name":"Ada"}',
  ...more,
})

const refused = (message: string, status = 400) => ({ status, answer: JSON.stringify({ error: { message } }) })

const taken = { status: 200, answer: '{"id":"cus_2","object":"customer","name":"Jenny"}' }

describe('two answers', () => {
  test('agree when both take a request and ours has all of its keys', () => {
    expect(compare(exchange(), taken)).toEqual([])
  })

  test('differ in a key that ours lacks, inside lists and nested objects too', () => {
    const theirs = JSON.stringify({
      object: 'list',
      data: [{ object: 'charge', customer: { object: 'customer', balance: 0 } }],
    })
    const ours = JSON.stringify({ object: 'list', data: [{ object: 'charge', customer: { object: 'customer' } }] })
    expect(compare(exchange({ answer: ours }), { status: 200, answer: theirs })).toEqual(['customer has no balance'])
  })

  test('differ when we take what stripe-mock refuses', () => {
    const mock = refused('Request validation error: validator 0x2563 failed: additional properties are not allowed')
    expect(compare(exchange(), mock)).toEqual([
      'POST /v1/customers: taken, refused by stripe-mock: additional properties are not allowed (name)',
    ])
  })

  test.each(['Received unknown parameter: planet', 'Invalid integer: x', 'Invalid mode: must be one of a, or b'])(
    'differ when we alone refuse the form of a request: %s',
    (message) => {
      expect(compare(exchange(refused(message)), taken)).toEqual([
        `POST /v1/customers: refused, taken by stripe-mock: ${message}`,
      ])
    },
  )

  test.each([
    [400, "No such customer: 'cus_9'"],
    [402, 'Your card was declined.'],
  ])('agree when we refuse for what is in the account: %s %s', (status, message) => {
    expect(compare(exchange(refused(message, status)), taken)).toEqual([])
  })
})

describe('requests', () => {
  test('that differ in ids and numbers alone are one', () => {
    const url = (id: string) => `/v1/customers/${id}`
    const both = [exchange({ url: url('cus_a1B2c3D4e5') }), exchange({ url: url('cus_Z9y8X7w6v5') })]
    expect(distinct(both)).toHaveLength(1)
    expect(both.map(routeOf)).toEqual(['POST /v1/customers/{id}', 'POST /v1/customers/{id}'])
  })

  test('with other parameters or another answer are others', () => {
    expect(distinct([exchange(), exchange({ body: 'email=a' }), exchange({ status: 400 })])).toHaveLength(3)
  })

  test('keep the test cards they name', () => {
    expect(routeOf({ method: 'POST', url: '/v1/payment_methods/pm_card_visa/attach' })).toContain('pm_card_visa')
  })
})

test('a difference is known with its reason, or not at all', () => {
  expect(knownAs('charge has no refunds')?.reason).toContain('expanded')
  expect(knownAs('charge has no amount')).toBeUndefined()
})

test('where neither stripe-mock nor Go is, the stage says how to get it', () => {
  const nowhere = { PATH: '/nowhere', GOPATH: '/nowhere', XDG_CACHE_HOME: '/nowhere' }
  expect(withoutStripeMock(nowhere)).toContain('go install github.com/stripe/stripe-mock@v0.203.0')
})
