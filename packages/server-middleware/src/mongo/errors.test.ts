import { mongo } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { duplicatesIn, isDuplicate, translate, WriteRefused } from './errors.ts'

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

describe('of many writes', () => {
  const majorityFailed = { code: 64, errmsg: 'waiting for replication timed out' }
  const bulkError = (codes: readonly number[], writeConcernError?: typeof majorityFailed) => {
    const writeErrors = codes.map((code, nth) => ({ index: 2 * nth, code, errmsg: 'refused' }))
    const result = { getWriteConcernError: () => writeConcernError } as unknown as mongo.BulkWriteResult
    return new mongo.MongoBulkWriteError({ message: 'refused', code: codes[0] ?? 64, writeErrors } as never, result)
  }

  it('it is told which were duplicates', () => {
    expect(duplicatesIn(bulkError([11000, 11000]))).toEqual(new Set([0, 2]))
  })

  it.each([
    ['another reason is an error of all', bulkError([11000, 121]), { code: 121 }],
    ['no majority is an error of all, beside duplicates', bulkError([11000], majorityFailed), { code: 64 }],
    ['no majority is an error of all', bulkError([], majorityFailed), { code: 64 }],
  ])('%s', (_what, error, worse) => {
    expect(() => duplicatesIn(error)).toThrow(expect.objectContaining(worse))
  })

  it('a connection that breaks loses all', () => {
    const broken = new mongo.MongoBulkWriteError(new mongo.MongoNetworkError('closed') as never, {} as never)
    expect(() => duplicatesIn(broken)).toThrow(broken)
    expect(translate(broken, 'store_unavailable')).toMatchObject({ code: 'store_unavailable' })
  })

  it('an account without rights is told as it is', () => {
    const refused = new mongo.MongoServerError({ message: 'not authorized', code: 13 })
    const error = new mongo.MongoBulkWriteError(refused as never, {} as never)
    expect(translate(error, 'store_unavailable')).toBe(error)
  })
})
