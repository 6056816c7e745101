import { Book, initModels } from 'medici'
import mongoose from 'mongoose'

const writeConcern = { w: 'majority', journal: true }
const start = 1_000_000_000

/**
 * Other ways to take a credit and keep an entry of it, each with the same write concern.
 * @typedef {{ name: string, open: (accounts: number) => Promise<(account: string, key: string) => Promise<unknown>> }} Way
 */

const accountsOf = (count) => Array.from({ length: count }, (_, i) => `a${i}`)

const balances = async (db, name, count) => {
  const collection = db.collection(name)
  await collection.deleteMany({})
  await collection.insertMany(accountsOf(count).map((_id) => ({ _id, balance: start })))
  return collection
}

const entries = async (db, name) => {
  const collection = db.collection(name)
  await collection.deleteMany({})
  await collection.createIndex({ account: 1, key: 1 }, { unique: true })
  return collection
}

const entryOf = (account, key) => ({ account, key, op: 'charge', credits: -1, at: new Date() })

const refuse = () => {
  throw new Error('A credit that is there was refused.')
}

/** One decrement, and nothing kept of it. @returns {Way} */
const rawUpdate = (db) => ({
  name: 'one raw updateOne, no entry kept',
  open: async (count) => {
    const accounts = await balances(db, 'raw_accounts', count)
    return async (_id) => {
      const changed = await accounts.updateOne(
        { _id, balance: { $gte: 1 } },
        { $inc: { balance: -1 } },
        { writeConcern },
      )
      if (changed.matchedCount !== 1) refuse()
    }
  },
})

/** @returns {Way} */
const guarded = (db) => ({
  name: 'guarded findOneAndUpdate with $push',
  open: async (count) => {
    const accounts = await balances(db, 'guarded_accounts', count)
    return async (_id, key) => {
      const pushed = { $each: [entryOf(_id, key)], $slice: -512 }
      const change = { $inc: { balance: -1 }, $push: { entries: pushed } }
      const options = { writeConcern, projection: { balance: 1 } }
      const found = await accounts.findOneAndUpdate({ _id, balance: { $gte: 1 } }, change, options)
      if (!found) refuse()
    }
  },
})

/** @returns {Way} */
const incrementThenInsert = (db) => ({
  name: '$inc, then insert',
  open: async (count) => {
    const accounts = await balances(db, 'inc_accounts', count)
    const kept = await entries(db, 'inc_entries')
    return async (_id, key) => {
      await accounts.updateOne({ _id, balance: { $gte: 1 } }, { $inc: { balance: -1 } }, { writeConcern })
      await kept.insertOne(entryOf(_id, key), { writeConcern })
    }
  },
})

/** @returns {Way} */
const transaction = (db, client) => ({
  name: 'a transaction of insert and guarded $inc',
  open: async (count) => {
    const accounts = await balances(db, 'tx_accounts', count)
    const kept = await entries(db, 'tx_entries')
    return (_id, key) =>
      client.withSession((session) =>
        session.withTransaction(
          async () => {
            await kept.insertOne(entryOf(_id, key), { session })
            const changed = await accounts.updateOne(
              { _id, balance: { $gte: 1 } },
              { $inc: { balance: -1 } },
              { session },
            )
            if (changed.matchedCount !== 1) refuse()
          },
          { writeConcern },
        ),
      )
  },
})

/** @returns {Way} */
const medici = () => ({
  name: 'medici: balance, then entry',
  open: async (count) => {
    await Promise.all(['medici_transactions', 'medici_journals', 'medici_balances'].map(empty))
    await initModels()
    const book = new Book('credits')
    const give = (account) =>
      book.entry('granted').debit('Issued', start).credit(`Available:${account}`, start).commit({ writeConcern })
    for (const account of accountsOf(count)) await give(account)
    return async (account, key) => {
      const { balance } = await book.balance({ account: `Available:${account}` })
      if (balance < 1) refuse()
      await book.entry(key).debit(`Available:${account}`, 1).credit('Spent', 1).commit({ writeConcern })
    }
  },
})

const empty = (name) => mongoose.connection.collection(name).deleteMany({})

export const rivals = (db, client) => [
  transaction(db, client),
  medici(),
  guarded(db),
  incrementThenInsert(db),
  rawUpdate(db),
]
