import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { openDatabase, type TestDatabase } from '../contracts/store-world.ts'

/** The command itself, as an operator runs it in a terminal. It needs what the build has made. */
const program = fileURLToPath(new URL('../../bin/paywright.js', import.meta.url))

let database: TestDatabase
let folder: string

/** The host's file. Nobody there is billed for anything: it only counts. */
const configOf = (uri: string, dbName: string) => `
import mongoose from ${JSON.stringify(import.meta.resolve('mongoose'))}
import { createBilling, defineCatalog, mongoStore, stripeProvider } from ${JSON.stringify(
  new URL('../../dist/index.js', import.meta.url).href,
)}
const connection = await mongoose.createConnection(${JSON.stringify(uri)}, { dbName: ${JSON.stringify(dbName)} }).asPromise()
export default createBilling({
  provider: stripeProvider({ secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecrets: ['whsec_1'] }),
  store: mongoStore({ connection }),
  catalog: defineCatalog({ currency: 'usd', freeUses: 3, units: { tokens: {} }, freePlan: 'free', plans: { free: { name: 'Free' } }, packs: {} }),
  identify: () => null,
})`

beforeAll(async () => {
  database = await openDatabase()
  folder = await mkdtemp(join(tmpdir(), 'paywright-ledger-'))
  const uri = process.env.PAYWRIGHT_TEST_MONGODB_URI ?? ''
  await writeFile(join(folder, 'billing.mjs'), configOf(uri, database.connection.name))
  expect(await run('migrate')).toMatchObject({ code: 0 })
  await mongoStore({ connection: database.connection }).accounts.ensure(
    { accountId: 'acme', email: null, name: null },
    new Date(),
  )
})

afterAll(async () => {
  await rm(folder, { recursive: true })
  await database[Symbol.asyncDispose]()
})

const run = async (...args: string[]) => {
  const child = spawn(process.execPath, [program, ...args, '--config', join(folder, 'billing.mjs')])
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, out, err }
}

const because = ['--reason', 'The import lost a file']

test('an operator gives credits, once for a key, and takes some of them back', async () => {
  const giving = ['ledger', 'adjust', 'acme', '+50', '--key', 'ticket-7', '--by', 'dana', ...because]
  const given = await run(...giving)
  expect(given).toMatchObject({ code: 0, err: '' })
  expect(given.out).toMatch(/^2 .* adjust +\+50 +53 +adjust:ticket-7 +The import lost a file \(dana\)$/m)
  expect(given.out).toMatch(/available now {2}53\n$/)

  const again = await run(...giving)
  expect(again).toMatchObject({ code: 0 })
  expect(again.out).toMatch(/^Done before with this key: nothing was changed\.[\s\S]*available now {2}53\n$/)

  expect(await run('ledger', 'adjust', 'acme', '-10', '--key', 'ticket-8', ...because)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/ adjust +-10 +43 /),
  })
})

test('an operator reads a ledger: its figures, its grants, and its newest entries', async () => {
  const { code, out } = await run('ledger', 'show', 'acme', '--unit', 'uses', '--limit', '2')
  expect(code).toBe(0)
  const lines = out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3).join('|'))
  expect(lines).toEqual([
    'acme, uses',
    'available|43',
    'held|0',
    'frozen|0',
    'debt|0',
    'spent|0',
    '',
    'grant|kind|left',
    'g2|promotional|43 of 50',
    '',
    'entry|at|what',
    expect.stringMatching(/^3\|.*\|adjust$/),
    expect.stringMatching(/^2\|.*\|adjust$/),
    '',
  ])
})

test('an operator undoes an entry once, freezes a ledger, and lets it go', async () => {
  expect((await run('ledger', 'reverse', 'acme', '3', ...because)).out).toMatch(/ reverse +\+10 +53 /)
  expect((await run('ledger', 'reverse', 'acme', '3', ...because)).out).toMatch(/^Reversed before/)
  expect((await run('ledger', 'freeze', 'acme', ...because)).out).toMatch(/^The ledger is now frozen/)
  expect((await run('ledger', 'show', 'acme')).out).toMatch(/^acme, uses, FROZEN/)
  expect((await run('ledger', 'unfreeze', 'acme', ...because)).out).toMatch(/^The ledger is now not frozen/)
  expect((await run('ledger', 'unfreeze', 'acme', ...because)).out).toMatch(/^The ledger was already not frozen/)
  expect(await run('verify', 'acme')).toMatchObject({ code: 0, out: expect.stringContaining('1 ledgers') })
})

test('an operator looks after each unit by itself', async () => {
  const giving = ['ledger', 'adjust', 'acme', '900', '--unit', 'tokens', '--key', 'ticket-7', ...because]
  expect((await run(...giving)).out).toMatch(/^1 .* adjust +\+900 +900 /m)
  expect((await run('ledger', 'freeze', 'acme', '--unit', 'tokens', ...because)).out).toMatch(/900 are available/)
  expect((await run('ledger', 'show', 'acme', '--unit', 'tokens')).out).toMatch(/^acme, tokens, FROZEN/)
  expect((await run('ledger', 'show', 'acme')).out).toMatch(/^acme, uses\n/)
  expect((await run('ledger', 'unfreeze', 'acme', '--unit', 'tokens', ...because)).out).toMatch(/now not frozen/)
  expect((await run('ledger', 'reverse', 'acme', '1', '--unit', 'tokens', ...because)).out).toMatch(/ -900 +0 /)
  expect((await run('verify', 'acme')).out).toMatch(/^2 ledgers with 10 entries/)
})

test.each<[number, string, ...string[]]>([
  [2, '<credits> must be a whole number', 'adjust', 'acme', 'lots', '--key', 'k', ...because],
  [2, '<credits> must be a whole number', 'adjust', 'acme', '-1.5', '--key', 'k', ...because],
  [2, '--key is missing', 'adjust', 'acme', '5', ...because],
  [2, '--reason is missing', 'adjust', 'acme', '5', '--key', 'k'],
  [2, 'ledger freeze knows no --key', 'freeze', 'acme', '--key', 'k', ...because],
  [2, '--limit must be a whole number from 1 to 1000', 'show', 'acme', '--limit', '-1'],
  [1, 'There is no account nobody', 'show', 'nobody'],
  [1, 'Nothing is counted in gold', 'show', 'acme', '--unit', 'gold'],
  [1, 'Nothing was taken', 'adjust', 'acme', '-1000', '--key', 'k', ...because],
  [1, 'used before', 'adjust', 'acme', '51', '--key', 'ticket-7', ...because],
  [1, 'There is no entry 99', 'reverse', 'acme', '99', ...because],
])('with exit code %i it says "%s"', async (code, words, ...args) => {
  const said = await run('ledger', ...args)
  expect(said).toMatchObject({ code, out: '' })
  expect(said.err).toContain(words)
})
