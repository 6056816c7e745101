import { fork } from 'node:child_process'
import { once } from 'node:events'
import { v7 } from 'uuid'
import { inFlight, median } from './in-flight.mjs'
import { capture, charge, fill, grant, hold, openLedger, openVerify, refOf } from './ours.mjs'

/** @typedef {import('./run.mjs').Bench} Bench */

const forMs = Number(process.env.FOR_MS ?? 2_000)
const post = (ledger, account, operation) => ledger.post(refOf(account), operation)

/** Cold accounts beside nothing, and beside one that is hot. @param {Bench} bench */
export const neighbours = async ({ ledger, say }) => {
  await fill(ledger, ['hot'])
  const cold = () =>
    inFlight({ calls: 8, forMs }, () => post(ledger, `n${Math.floor(Math.random() * 1_000)}`, grant(v7(), 1)))
  await cold()
  const idle = await cold()
  let isDone = false
  const keepHot = async () => {
    while (!isDone) await post(ledger, 'hot', charge(v7()))
  }
  const heating = Array.from({ length: 200 }, keepHot)
  const beside = await cold()
  isDone = true
  await Promise.all(heating)
  say(
    `\ncold accounts, 8 in flight: p99 ${idle.p99.toFixed(2)} ms; while another is hot ${beside.p99.toFixed(2)} ms, ${(beside.p99 / idle.p99).toFixed(2)} ×`,
  )
}

const runProcess = async (uri, calls) => {
  const child = fork(new URL('./process.mjs', import.meta.url), [uri, String(calls), String(forMs * 2)])
  const [figures] = await once(child, 'message')
  return figures
}

/** @param {Bench} bench */
export const processes = async ({ ledger, say, uri }) => {
  await fill(ledger, ['shared'])
  const one = await runProcess(uri, 256)
  const four = await Promise.all(Array.from({ length: 4 }, () => runProcess(uri, 64)))
  const together = sum(four.map(({ perSecond }) => perSecond))
  const refused = sum(four.map((each) => each.refused))
  const [p50, p99] = [median(four.map((each) => each.p50)), Math.max(...four.map((each) => each.p99))]
  say(
    `\nfour processes on one hot account: ${together.toFixed(0)}/s, ${(together / one.perSecond).toFixed(2)} × of one (${one.perSecond.toFixed(0)}/s); p50 ${p50.toFixed(1)} ms, worst p99 ${p99.toFixed(1)} ms, ${(p99 / p50).toFixed(1)} ×; false refusals ${refused}`,
  )
}

/** @param {Bench} bench */
export const reading = async ({ ledger, db, say }) => {
  await fill(ledger, ['read'])
  const find = await inFlight({ calls: 1, forMs }, () => db.collection('billing_ledgers').findOne({ _id: 'read:uses' }))
  const read = await inFlight({ calls: 1, forMs }, () => ledger.read(refOf('read')))
  const peeks = 100_000
  const startedAt = performance.now()
  for (let i = 0; i < peeks; i += 1) ledger.peek(refOf('read'))
  const peek = (performance.now() - startedAt) / peeks
  say(
    `\nreading a balance: ${read.p50.toFixed(2)} ms, ${(read.p50 / find.p50).toFixed(2)} × of a bare findOne (${find.p50.toFixed(2)} ms)`,
  )
  say(
    `a check that this process can answer: ${(peek * 1_000).toFixed(1)} µs, ${((peek / find.p50) * 100).toFixed(1)} % of that findOne`,
  )
}

/** @param {Bench} bench */
export const holds = async ({ ledger, say }) => {
  await fill(ledger, ['held'])
  const pair = async () => {
    const { entry } = await post(ledger, 'held', hold(v7()))
    await post(ledger, 'held', capture(v7(), `h${entry.seq}`))
  }
  const { perSecond } = await inFlight({ calls: 200, forMs }, pair)
  const single = await inFlight({ calls: 200, forMs }, () => post(ledger, 'held', charge(v7())))
  say(
    `\nhold and capture: ${perSecond.toFixed(0)} pairs/s beside ${single.perSecond.toFixed(0)} charges/s, ${(perSecond / single.perSecond).toFixed(2)} ×`,
  )
}

const written = Number(process.env.ENTRIES ?? 200_000)

/** A long book: its size, its replays, its verification, and what memory it took. @param {Bench} bench */
export const book = async ({ connection, db, say }) => {
  const ledger = await openLedger(connection)
  await fill(ledger, ['long'])
  const keys = [v7()]
  for (const key of keys) await post(ledger, 'long', charge(key))
  const heaps = []
  let count = 0
  for (let fifth = 0; fifth < 5; fifth += 1) {
    const write = async () => {
      while (count < (written * (fifth + 1)) / 5) {
        count += 1
        await post(ledger, 'long', charge(v7()))
      }
    }
    await Promise.all(Array.from({ length: 256 }, write))
    globalThis.gc?.()
    heaps.push(process.memoryUsage().heapUsed / 2 ** 20)
  }
  await ledger.close?.()
  await ledger.tidy(new Date(Date.now() + 1_000))
  say(`\nheap over ${written} charges: ${heaps.map((heap) => `${heap.toFixed(1)} MB`).join(', ')}`)
  const replay = await inFlight({ calls: 1, forMs }, () => post(ledger, 'long', charge(keys[0])))
  const find = await inFlight({ calls: 1, forMs }, () =>
    db.collection('billing_ledger_entries').findOne({ ledger: 'long:uses', key: keys[0] }),
  )
  say(
    `replay of an old key among them: ${replay.p50.toFixed(2)} ms, ${(replay.p50 / find.p50).toFixed(2)} × of finding it`,
  )
  await verification(connection, db, say)
  await db.admin().command({ fsync: 1 })
  const {
    count: entries,
    storageSize,
    totalIndexSize,
    size,
  } = await db.command({ collStats: 'billing_ledger_entries' })
  say(
    `bytes an entry: ${((storageSize + totalIndexSize) / entries).toFixed(0)} on disk with indexes (${(size / entries).toFixed(0)} before compression, ${(totalIndexSize / entries).toFixed(0)} of indexes), over ${entries} entries`,
  )
}

const timed = async (work) => {
  const startedAt = performance.now()
  const entries = await work()
  return entries / ((performance.now() - startedAt) / 1_000)
}

const sum = (parts) => parts.reduce((all, part) => all + part, 0)

const verification = async (connection, db, say) => {
  const verifyAll = openVerify(connection)
  const readAll = async () => {
    let found = 0
    for await (const _entry of db.collection('billing_ledger_entries').find().sort({ _id: 1 })) found += 1
    return found
  }
  const verify = async () => {
    const { entries, unsoundCount } = await verifyAll()
    if (unsoundCount > 0) throw new Error(`${unsoundCount} ledgers are unsound.`)
    return entries
  }
  const runs = []
  for (let round = 0; round < 3; round += 1) runs.push({ bare: await timed(readAll), verify: await timed(verify) })
  const [found, verified] = [median(runs.map((run) => run.bare)), median(runs.map((run) => run.verify))]
  const ratio = (verified / found).toFixed(2)
  say(`verify: ${verified.toFixed(0)} entries/s, ${ratio} × of a bare find of them (${found.toFixed(0)}/s)`)
}
