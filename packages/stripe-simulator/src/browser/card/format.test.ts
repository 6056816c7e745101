import { describe, expect, it } from 'vitest'
import { caretAfter, formatCvc, formatExpiry, formatNumber } from './format.ts'

describe('a card number', () => {
  it.each([
    ['4242', '4242'],
    ['42424', '4242 4'],
    ['4242-4242 4242x4242', '4242 4242 4242 4242'],
    ['42424242424242429', '4242 4242 4242 4242'],
    ['378282246310005', '3782 822463 10005'],
    ['6200000000000000003', '6200 0000 0000 0000 003'],
    ['', ''],
  ])('%s reads %s', (typed, read) => {
    expect(formatNumber(typed)).toBe(read)
  })
})

describe('an expiry', () => {
  it.each([
    ['1', '1'],
    ['12', '12'],
    ['123', '12 / 3'],
    ['1234', '12 / 34'],
    ['4', '04'],
    ['434', '04 / 34'],
    ['1/34', '01 / 34'],
    ['12/2034', '12 / 34'],
    ['12 / 3', '12 / 3'],
  ])('%s reads %s', (typed, read) => {
    expect(formatExpiry(typed)).toBe(read)
  })
})

it('a security code is as long as its brand has it', () => {
  expect(formatCvc('12345', '4242')).toBe('123')
  expect(formatCvc('12345', '3782')).toBe('1234')
})

it('the caret stays behind the digits that it was behind', () => {
  expect(caretAfter('4242 42', 0)).toBe(0)
  expect(caretAfter('4242 42', 4)).toBe(4)
  expect(caretAfter('4242 42', 5)).toBe(6)
  expect(caretAfter('4242 42', 9)).toBe(7)
})
