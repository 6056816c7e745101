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
const longSeconds = 86_400
const held = []
const told = []
/** Asked, and not answered: to be asked again, word for word. */
const open = []

const fresh = (account) => {
  const key = randomUUID()
  const chance = Math.random()
  const hold = chance < 0.2 ? held.pop() : undefined
  if (hold && chance < 0.05) {
    return { account: hold.account, operation: { op: 'release', key, holdId: hold.id, note } }
  }
  if (hold) {
    const operation = { op: 'capture', key, holdId: hold.id, credits: 1 + pick(3), allowExtra: true, note }
    return { account: hold.account, operation }
  }
  if (chance < 0.4) return { account, operation: { op: 'hold', key, credits: 2, lastsSeconds: longSeconds, note } }
  if (chance < 0.5) {
    return { account, operation: { op: 'grant', key, grant: { kind: 'promotional', credits: 5, ...lasting }, note } }
  }
  return { account, operation: { op: 'charge', key, credits: 1 + pick(3), note } }
}

/** Whoever hears of a hold first may capture or release it, once. */
const remember = (request, { entry, outcome }) => {
  if (outcome !== 'posted' && !request.isOpen) return
  told.splice(told.length < 500 ? told.length : pick(500), 1, { ...request, isOpen: false })
  if (request.operation.op === 'hold') held.push({ account: request.account, id: `h${entry.seq}` })
}

const ask = async ({ account, operation }) => {
  try {
    return await ledger.post(refOf(account), operation)
  } catch (error) {
    return { outcome: error.code ?? String(error) }
  }
}

const next = () => {
  const chance = Math.random()
  if (open.length > 0 && chance < 0.5) return open.shift()
  return told.length > 0 && chance < 0.6 ? told[pick(told.length)] : fresh(pick(Number(count)))
}

const work = async () => {
  for (;;) {
    const request = next()
    const answer = await ask(request)
    if (answer.entry) remember(request, answer)
    else open.push({ ...request, isOpen: true })
    const { op, key } = request.operation
    const { outcome, entry } = answer
    process.stdout.write(`${JSON.stringify({ account: request.account, op, key, outcome, seq: entry?.seq })}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, work))
