// A process that keeps books until it is killed: what it was told is written to its standard output, a line each.
import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { mongoStore } from '../../dist/index.js'

const [uri = '', dbName = '', count = '50'] = process.argv.slice(2)
const connection = await mongoose.createConnection(uri, { dbName }).asPromise()
const { ledger } = mongoStore({ connection })
const note = { description: '', metadata: {}, amountMinor: null, currency: null }
const lasting = { effectiveAt: null, expiresAt: null, rollover: null, source: {} }
const pick = (max) => Math.floor(Math.random() * max)
const refOf = (number) => ({
  accountRef: `a${number}`,
  unit: 'uses',
  freeUses: 1_000_000,
  overdraft: 0,
  shortfall: 'debt',
})
const held = []
const told = []

const fresh = (account) => {
  const key = randomUUID()
  const chance = Math.random()
  const hold = chance < 0.1 ? held.pop() : undefined
  if (hold)
    return {
      account: hold.account,
      operation: { op: 'capture', key, holdId: hold.id, credits: 1, allowExtra: false, note },
    }
  if (chance < 0.25) return { account, operation: { op: 'hold', key, credits: 2, lastsSeconds: 60, note } }
  if (chance < 0.35) {
    return { account, operation: { op: 'grant', key, grant: { kind: 'promotional', credits: 5, ...lasting }, note } }
  }
  return { account, operation: { op: 'charge', key, credits: 1 + pick(3), note } }
}

const remember = (request, seq) => {
  told.splice(told.length < 500 ? told.length : pick(500), 1, request)
  if (request.operation.op === 'hold') held.push({ account: request.account, id: `h${seq}` })
}

const ask = async ({ account, operation }) => {
  try {
    return await ledger.post(refOf(account), operation)
  } catch (error) {
    return { outcome: error.code ?? String(error) }
  }
}

const work = async () => {
  for (;;) {
    const isOld = told.length > 0 && Math.random() < 0.1
    const request = isOld ? told[pick(told.length)] : fresh(pick(Number(count)))
    const { outcome, entry } = await ask(request)
    if (outcome === 'posted') remember(request, entry.seq)
    const { op, key } = request.operation
    process.stdout.write(`${JSON.stringify({ account: request.account, op, key, outcome, seq: entry?.seq })}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, work))
