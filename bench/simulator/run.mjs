import { fork } from 'node:child_process'
import { once as heard } from 'node:events'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { load, once } from './load.mjs'
import { startStripeMock } from './stripe-mock.mjs'

const server = new URL('./server.mjs', import.meta.url)
const browserFile = new URL('../../packages/stripe-simulator/dist/browser/stripe.js', import.meta.url)
const requests = Number(process.env.REQUESTS ?? 100_000)

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)

const start = async () => {
  const child = fork(server, { execArgv: ['--expose-gc'] })
  const [hello] = await heard(child, 'message')
  const used = async () => {
    child.send('used')
    return (await heard(child, 'message'))[0]
  }
  return { ...hello, used, stop: () => child.disconnect() }
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const measureStart = async () => {
  const times = []
  for (let run = 0; run < 7; run += 1) {
    const simulator = await start()
    times.push(simulator.startMs)
    simulator.stop()
  }
  say(`start                          ${median(times).toFixed(0)} ms, the median of 7 new processes`)
}

const simple = 5_000

/** How many requests the server answers in a second of its own CPU time. */
const perCpuSecond = async (target, nth, cpuMs) => {
  await load(target, nth, 2_000)
  const before = await cpuMs()
  const wall = await load(target, nth, simple)
  return { wall, cpu: simple / (((await cpuMs()) - before) / 1000) }
}

const speed = ({ wall, cpu }) => `${cpu.toFixed(0)}/s of one core (${wall.toFixed(0)}/s beside everything else here)`

const measureSpeed = async (simulator) => {
  const { id } = await once(simulator, { method: 'POST', path: '/v1/customers', body: 'name=Ada' })
  const cpuMs = async () => (await simulator.used()).cpuMs
  const read = () => ({ method: 'GET', path: `/v1/customers/${id}` })
  const write = (index) => ({ method: 'POST', path: `/v1/customers/${id}`, body: `metadata[n]=${index}` })
  const reads = await perCpuSecond(simulator, read, cpuMs)
  say(`GET a customer                 ${speed(reads)}`)
  say(`POST a change to it            ${speed(await perCpuSecond(simulator, write, cpuMs))}`)
  const mock = await startStripeMock()
  if (!mock) return say('stripe-mock                    not installed here')
  const mocked = await perCpuSecond(mock, read, mock.cpuMs)
  say(
    `GET a customer of stripe-mock  ${speed(mocked)}: ${(reads.cpu / mocked.cpu).toFixed(2)} × as many from the simulator`,
  )
  mock.stop()
}

const measureMemory = async (simulator) => {
  const { id } = await once(simulator, { method: 'POST', path: '/v1/customers', body: 'name=Ada' })
  const write = (index) => ({ method: 'POST', path: `/v1/customers/${id}`, body: `metadata[n]=${index}` })
  const heaps = []
  for (let part = 0; part < 5; part += 1) {
    await load(simulator, write, requests / 5)
    heaps.push((await simulator.used()).heapMb)
  }
  say(`heap over ${requests} requests     ${heaps.map((heap) => `${heap.toFixed(1)} MB`).join(', ')}`)
}

export const main = async () => {
  await measureStart()
  const simulator = await start()
  await measureSpeed(simulator)
  await measureMemory(simulator)
  simulator.stop()
  say(`Stripe.js for the browser      ${(gzipSync(readFileSync(browserFile)).length / 1024).toFixed(1)} KB gzip`)
}
