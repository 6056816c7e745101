import { describe, expect, test } from 'vitest'
import { toReturnUrl, withQuery } from './return-url.ts'

const trusted = ['https://app.example.com', 'https://eu.example.com']

describe('a return path', () => {
  test.each([
    ['/account?tab=billing', 'https://app.example.com/account?tab=billing'],
    ['https://eu.example.com/account', 'https://eu.example.com/account'],
    ['', 'https://app.example.com/'],
  ])('%s leads to %s', (path, url) => {
    expect(toReturnUrl(path, trusted).toString()).toBe(url)
  })

  test.each([
    'https://evil.example',
    '//evil.example/account',
    '/\\evil.example',
    '\\\\evil.example',
    'https://app.example.com@evil.example/',
    'https://somebody:secret@app.example.com/',
    'http://app.example.com/',
    'javascript:alert(1)',
    'data:text/html,hi',
  ])('%s is refused', (path) => {
    expect(() => toReturnUrl(path, trusted)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  test('is refused when nobody is trusted', () => {
    expect(() => toReturnUrl('/account', [])).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})

test('a query is added, and leaves the placeholder to the provider', () => {
  const url = withQuery(new URL('https://app.example.com/account?tab=billing'), { session_id: '{CHECKOUT_SESSION_ID}' })

  expect(url).toBe('https://app.example.com/account?tab=billing&session_id={CHECKOUT_SESSION_ID}')
})
