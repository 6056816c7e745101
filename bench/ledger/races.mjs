import { randomUUID } from 'node:crypto'
import { v7 } from 'uuid'
import { inFlight, mediansOf } from './in-flight.mjs'
import { ours } from './ours.mjs'
import { rivals } from './rivals.mjs'

/** @typedef {import('./run.mjs').Bench} Bench */

const rounds = Number(process.env.ROUNDS ?? 3)
const forMs = Number(process.env.FOR_MS ?? 2_000)

/** Each way in turn, several times over, so that what else the machine does touches all of them. */
const race = async (ways, { accounts, calls, pick }) => {
  const opened = []
  for (const { name, open, newKey = randomUUID } of ways) {
    opened.push({ name, runs: [], newKey, charge: await open(accounts) })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { charge, newKey, runs } of opened) {
      runs.push(await inFlight({ calls, forMs }, () => charge(pick(), newKey())))
    }
  }
  return opened.map(({ name, runs }) => ({ name, ...mediansOf(runs) }))
}

const line = ({ name, perSecond, p50, p99 }, verdict = '') =>
  `  ${name.padEnd(42)}${perSecond.toFixed(0).padStart(7)}/s  p50 ${p50.toFixed(2).padStart(8)} ms  p99 ${p99.toFixed(2).padStart(8)} ms  ${verdict}`.trimEnd()

const tell = (say, title, [own, ...others]) => {
  say(`\n${title}`)
  say(line(own))
  for (const other of others) say(line(other, `paywright ${(own.perSecond / other.perSecond).toFixed(2)} ×`))
}

const at = (number) => `a${number}`
const anyOf = (count) => () => at(Math.floor(Math.random() * count))
const waysOf = ({ ledger, db, client }, except = []) => [
  { ...ours(ledger), newKey: v7 },
  ...rivals(db, client).filter(({ name }) => !except.some((each) => name.startsWith(each))),
]

/** @param {Bench} bench */
export const hot = async (bench) => {
  const load = { accounts: 1, calls: 256, pick: () => at(0) }
  const ways = waysOf(bench)
  tell(bench.say, 'one hot account, 256 in flight', await race(ways, load))
}

/** @param {Bench} bench */
export const even = async (bench) => {
  const load = { accounts: 10_000, calls: 256, pick: anyOf(10_000) }
  tell(bench.say, '10,000 accounts evenly, 256 in flight', await race(waysOf(bench, ['medici']), load))
}

/** @param {Bench} bench */
export const skewed = async (bench) => {
  const load = { accounts: 10_000, calls: 256, pick: () => (Math.random() < 0.9 ? at(0) : anyOf(10_000)()) }
  const ways = waysOf(bench, ['medici', 'a transaction'])
  tell(bench.say, '10,000 accounts, nine charges in ten on one of them, 256 in flight', await race(ways, load))
}

/** @param {Bench} bench */
export const alone = async (bench) => {
  const load = { accounts: 1, calls: 1, pick: () => at(0) }
  tell(bench.say, 'one account, one in flight', await race(waysOf(bench), load))
}
