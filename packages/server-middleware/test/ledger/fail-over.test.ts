import { setTimeout as pause } from 'node:timers/promises'
import mongoose from 'mongoose'
import { describe, expect, it } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { depth } from './depth.ts'
import { expectHonestBooks, Office, outcomesOf } from './office.ts'
import { openReplicaSet } from './replica-set.ts'

/** The program that the tests' MongoDB is, to start more of. */
const binary = process.env.PAYWRIGHT_TEST_MONGOD ?? ''
const place = binary ? 'on three mongods' : "on three mongods (left out: the tests' MongoDB is somebody's server)"

const durationMilliseconds = depth(15_000, 120_000)
const dbName = 'paywright'

/** An answer, or none. */
const foreseen: readonly string[] = ['posted', 'replayed', 'outcome_unknown', 'store_unavailable']

describe.runIf(binary)(place, () => {
  it('the ledger loses, doubles and refuses nothing while primaries step down and die, and processes with them', {
    timeout: durationMilliseconds + 180_000,
  }, async () => {
    await using set = await openReplicaSet(binary)
    const connection = await mongoose.createConnection(set.uri, { dbName }).asPromise()
    await mongoStore({ connection }).migrate()
    const office = new Office(set.uri, dbName)
    {
      await using clerks = office
      clerks.hire(3)
      await clerks.answered(100)
      const end = Date.now() + durationMilliseconds
      for (let blow = 0; Date.now() < end; blow += 1) {
        await (blow % 2 === 0 ? set.stepDown() : set.killPrimary())
        await clerks.answered(clerks.answers.length + 200)
        await clerks.fire()
        clerks.hire()
        await pause(200)
      }
    }

    const outcomes = outcomesOf(office.answers)
    expect(outcomes).toEqual(expect.arrayContaining(['posted', 'replayed']))
    expect(outcomes.filter((outcome) => !foreseen.includes(outcome))).toEqual([])
    await expectHonestBooks(connection, office.answers)
    await connection.close()
  })
})
