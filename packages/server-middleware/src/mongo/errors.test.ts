import { mongo } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { isDuplicate, translate, WriteRefused } from './errors.ts'

describe('the outcome of many writes is unknown', () => {
  it.each([
    ['when their connection breaks', new mongo.MongoNetworkError('connection 1 closed')],
    ['when the primary steps down', new mongo.MongoServerError({ message: 'not primary', code: 10107 })],
    ['when it steps down among them', new WriteRefused({ code: 189, errmsg: 'stepped down' })],
    ['when the majority has not acknowledged them', new WriteRefused({ code: 91, errmsg: 'shutting down' })],
  ])('%s', (_when, error) => {
    expect(translate(error, 'outcome_unknown')).toMatchObject({ code: 'outcome_unknown', cause: error })
  })
})

it('a write that the database refuses for what it is, is no loss', () => {
  const error = new WriteRefused({ code: 17419, errmsg: 'Resulting document after update is larger than 16777216' })

  expect(translate(error, 'outcome_unknown')).toBe(error)
  expect(isDuplicate(error)).toBe(false)
})

it('a write that a unique index refuses is no loss', () => {
  const error = new mongo.MongoServerError({ message: 'E11000 duplicate key', code: 11000 })

  expect(translate(error, 'outcome_unknown')).toBe(error)
  expect(isDuplicate(error)).toBe(true)
})
