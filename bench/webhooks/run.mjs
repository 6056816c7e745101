import { fork } from 'node:child_process'
import { once } from 'node:events'
import mongoose from 'mongoose'
import { startMongod } from '../../scripts/mongod/start-mongod.ts'
import { deliver } from './deliver.mjs'
import { openHistory, webhookSecret } from './history.mjs'

const deliveries = Number(process.env.EVENTS ?? 10_000)
const rounds = Number(process.env.ROUNDS ?? 3)
const workers = 3

/** @typedef {{ perSecond: number, answeredPerSecond: number, p50: number, p99: number, fetches: number }} Outcome */

/** The ways to take a webhook in, each a file that starts a server in a process of its own. */
const ways = [
  { name: 'paywright, queued', file: 'paywright', mode: 'queued' },
  { name: 'paywright, inline', file: 'paywright', mode: 'inline' },
  { name: 'verify, insert the id, update', file: 'simplest', mode: '' },
  { name: "better-auth's Stripe plugin", file: 'better-auth', mode: '' },
]

/**
 * Everything anew: a database of its own, three processes, all deliveries, until the last event is applied.
 * @returns {Promise<Outcome>}
 */
const race = async ({ file, mode }, { uri, history }, round) => {
  const dbName = `webhooks_${file.replace('-', '_')}_${mode}_${round}`
  const { connection } = await mongoose.connect(uri, { dbName })
  const given = { uri, dbName, mode, webhookSecret, ...history.given }
  const children = await startAll(file, given)
  const { answered, times, elapsed } = await deliver(
    children.map(({ url }) => url),
    history.sign(deliveries),
  )
  if (answered !== deliveries) throw new Error(`${file} answered ${answered} of ${deliveries} webhooks with 2xx.`)
  await isDone(connection, file)
  const done = elapsed()
  const fetches = await stopAll(children)
  await mongoose.disconnect()
  return {
    perSecond: deliveries / done,
    answeredPerSecond: deliveries / times.all,
    fetches: fetches / history.subscriptions,
    ...times,
  }
}

/** The first one prepares the database. */
const startAll = async (file, given) => {
  const children = []
  for (let index = 0; index < workers; index += 1) {
    const child = fork(new URL(`./${file}.mjs`, import.meta.url), {
      env: { ...process.env, GIVEN: JSON.stringify({ ...given, index }) },
    })
    const [url] = await once(child, 'message')
    children.push({ child, url })
  }
  return children
}

const stopAll = async (children) => {
  let fetches = 0
  for (const { child } of children) {
    child.send('stop')
    const [said] = await once(child, 'message')
    fetches += said
    await once(child, 'exit')
  }
  return fetches
}

/** Ours answers before it is done, where it may. */
const isDone = async (connection, file) => {
  if (file !== 'paywright') return
  const events = connection.collection('billing_provider_events')
  while ((await events.countDocuments({ dueAt: { $type: 'date' } }, { limit: 1 })) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const left = await events.countDocuments({ state: { $ne: 'done' } })
  if (left > 0) throw new Error(`${left} events were not applied.`)
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** @param {readonly Outcome[]} outcomes @returns {Outcome} */
const mediansOf = (outcomes) =>
  /** @type {Outcome} */ (
    Object.fromEntries(
      Object.keys(outcomes[0] ?? {}).map((name) => [name, median(outcomes.map((outcome) => outcome[name]))]),
    )
  )

/**
 * @param {readonly string[]} _names
 * @param {(line: string) => void} say
 */
export const main = async (_names, say) => {
  const { uri, stop } = await startMongod({ say: () => undefined })
  const history = await openHistory()
  const outcomes = ways.map(() => /** @type {Outcome[]} */ ([]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) outcomes[index]?.push(await race(way, { uri, history }, round))
  }
  say(
    `${deliveries} webhooks about ${history.subscriptions} subscriptions, 30 % of them twice, shuffled, to ${workers} processes`,
  )
  const own = mediansOf(outcomes[0] ?? [])
  for (const [index, { name }] of ways.entries()) {
    const { perSecond, p50, p99, fetches } = mediansOf(outcomes[index] ?? [])
    const verdict = index === 0 ? '' : `paywright ${(own.perSecond / perSecond).toFixed(2)} ×`
    say(
      `  ${name.padEnd(30)}${perSecond.toFixed(0).padStart(6)}/s  answered in p50 ${p50.toFixed(1).padStart(6)} ms  p99 ${p99.toFixed(1).padStart(6)} ms  fetches an object ${fetches.toFixed(2)}  ${verdict}`.trimEnd(),
    )
  }
  await history.close()
  await stop()
}
