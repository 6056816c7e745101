import { expect, it } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { openDatabase } from '../contracts/store-world.ts'
import { depth } from './depth.ts'
import { expectHonestBooks, Office, outcomesOf } from './office.ts'

it('loses nothing, doubles nothing and refuses nobody while processes that share books are killed at random', {
  timeout: depth(300_000, 3_600_000),
}, async () => {
  await using database = await openDatabase()
  const { connection } = database
  await mongoStore({ connection }).migrate()
  const office = new Office(process.env.PAYWRIGHT_TEST_MONGODB_URI ?? '', connection.name)
  {
    await using clerks = office
    clerks.hire(4)
    for (let death = 1; death <= depth(6, 100); death += 1) {
      await clerks.answered(death * 400)
      await clerks.fire()
      clerks.hire()
    }
  }

  expect(outcomesOf(office.answers)).toEqual(['posted', 'replayed'])
  await expectHonestBooks(connection, office.answers)
})
