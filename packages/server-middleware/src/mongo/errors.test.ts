import { mongo } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { translate } from './errors.ts'

type Concern = mongo.WriteConcernError | undefined

const bulkError = (error: ConstructorParameters<typeof mongo.MongoBulkWriteError>[0], concern?: Concern) =>
  new mongo.MongoBulkWriteError(error, { getWriteConcernError: () => concern } as mongo.BulkWriteResult)

const duplicate = { message: 'E11000 duplicate key', code: 11000, writeErrors: [] }

describe('the outcome of a bulk write is unknown', () => {
  it('when its connection breaks', () => {
    const error = bulkError(new mongo.MongoNetworkError('connection 1 closed'))

    expect(translate(error, 'outcome_unknown')).toMatchObject({ code: 'outcome_unknown', cause: error })
  })

  it('when the primary steps down', () => {
    const error = bulkError(new mongo.MongoServerError({ message: 'not primary', code: 10107 }))

    expect(translate(error, 'outcome_unknown')).toMatchObject({ code: 'outcome_unknown' })
  })

  it('when the majority has not acknowledged it, though one of the writes was refused, too', () => {
    const error = bulkError(duplicate, { code: 91, errmsg: 'shutting down' } as Concern)

    expect(translate(error, 'outcome_unknown')).toMatchObject({ code: 'outcome_unknown' })
  })
})

it('a write that a unique index refuses is no loss', () => {
  const error = bulkError(duplicate)

  expect(translate(error, 'outcome_unknown')).toBe(error)
})
