import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { startMongod } from '../../scripts/mongod/start-mongod.ts'
import { inFlight, mediansOf } from './in-flight.mjs'
import { openLedger, ours } from './ours.mjs'
import { rivals } from './rivals.mjs'

const rounds = Number(process.env.ROUNDS ?? 3)
const forMs = Number(process.env.FOR_MS ?? 2_000)

const race = async (ways, { accounts, calls, pick }) => {
  const opened = []
  for (const { name, open } of ways) opened.push({ name, runs: [], charge: await open(accounts) })
  for (let round = 0; round < rounds; round += 1) {
    for (const { charge, runs } of opened) {
      runs.push(await inFlight({ calls, forMs }, (nth) => charge(pick(nth), randomUUID())))
    }
  }
  return opened.map(({ name, runs }) => ({ name, ...mediansOf(runs) }))
}

const table = (say, title, [own, ...others]) => {
  say(`\n${title}`)
  say(`  ${own.name.padEnd(44)}${own.perSecond.toFixed(0).padStart(7)}/s  p50 ${own.p50.toFixed(2)} ms  p99 ${own.p99.toFixed(2)} ms`)
  for (const { name, perSecond, p50, p99 } of others) {
    const times = `${(own.perSecond / perSecond).toFixed(2)} ×`
    say(`  ${name.padEnd(44)}${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms  paywright is ${times}`)
  }
}

const parts = {
  async hot({ ledger, db, client, say }) {
    const ways = [ours(ledger), ...rivals(db, client)]
    table(say, 'one hot account, 256 in flight', await race(ways, { accounts: 1, calls: 256, pick: () => 'a0' }))
  },
  async cold({ ledger, db, client, say }) {
    const ways = [ours(ledger), ...rivals(db, client).filter(({ name }) => !name.startsWith('medici'))]
    const pick = () => `a${Math.floor(Math.random() * 10_000)}`
    table(say, '10,000 accounts evenly, 256 in flight', await race(ways, { accounts: 10_000, calls: 256, pick }))
  },
  async alone({ ledger, db, client, say }) {
    const ways = [ours(ledger), ...rivals(db, client)]
    table(say, 'one account, one in flight', await race(ways, { accounts: 1, calls: 1, pick: () => 'a0' }))
  },
}

export const main = async (names, say) => {
  const mongod = await startMongod({ say: () => undefined })
  const uri = mongod.uri
  const { connection } = await mongoose.connect(uri, { dbName: 'bench', maxPoolSize: 100 })
  const client = connection.getClient()
  const ledger = await openLedger(connection)
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    await parts[name]({ ledger, db: client.db('bench'), client, say, uri })
  }
  await ledger.close?.()
  await mongoose.disconnect()
  await mongod.stop()
}
