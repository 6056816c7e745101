// A host that can be told to kill itself at a step of its own. What it says is written at once, for it may be the last.
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import express from 'express'
import mongoose from 'mongoose'
import { createBilling, mongoStore, stripeProvider } from '../../dist/index.js'
import { flaws } from './flaws.mjs'

const { uri, catalog, stripe, effectTypes } = JSON.parse(process.argv[2] ?? '{}')
const connection = await mongoose.createConnection(uri, { monitorCommands: true }).asPromise()
const say = (line) => void writeSync(1, `${JSON.stringify(line)}\n`)
const silent = () => undefined
const turnsOfCalm = 6

/** What the host is at the moment: one life after the other, each with a database, a time and a step to die at. */
let life = null
let running = 0

const step = (name) => {
  if (!life) return
  life.steps += 1
  say({ step: name })
  if (life.diesAt === life.steps || life.diesAt === name) process.kill(process.pid, 'SIGKILL')
}

const begun = new Map()
const client = connection.getClient()
client.on('commandStarted', ({ requestId, commandName, command }) => {
  running += 1
  begun.set(requestId, `${commandName} ${command[commandName]}`)
  step(`before ${begun.get(requestId)}`)
})
const answered = ({ requestId }) => {
  running -= 1
  step(`after ${begun.get(requestId)}`)
  begun.delete(requestId)
}
client.on('commandSucceeded', answered)
client.on('commandFailed', answered)
const nameOf = ({ method, path }) => `${method} ${path.split('?')[0]}`
subscribe('http.client.request.start', ({ request }) => {
  running += 1
  step(`before ${nameOf(request)}`)
})
subscribe('http.client.response.finish', ({ request }) => {
  running -= 1
  step(`after ${nameOf(request)}`)
})

/** Resolves when nothing is asked of anybody, and nothing more comes of what was answered. */
const quiet = async () => {
  for (let calm = 0; calm < turnsOfCalm; calm += 1) {
    await turn()
    if (running === 0) continue
    calm = 0
    await pause(1)
  }
}

/** Time stands still. What is to happen at once does; the worker's jobs wait to be told that their time has come. */
const clockOf = (own) => ({
  now: () => new Date(own.now),
  after: (milliseconds, work) => {
    const timer = { work }
    if (milliseconds === 0) setImmediate(work)
    else own.timers.add(timer)
    return () => own.timers.delete(timer)
  },
})

const notifier = {
  send: async ({ key }) => {
    say({ sent: key })
    step(`sent ${key}`)
  },
}

const hear = ({ key }) => {
  say({ told: key })
  step(`told ${key}`)
}

const begin = async ({ dbName, mode, now, diesAt, flaw }) => {
  const own = { now: Date.parse(now), steps: 0, diesAt, timers: new Set() }
  const clock = clockOf(own)
  const { spoil = (store) => store, receives = (_request, _response, next) => next() } = flaws[flaw] ?? {}
  const billing = createBilling({
    provider: stripeProvider(stripe),
    store: spoil(mongoStore({ connection: connection.useDb(dbName), clock }), clock),
    catalog,
    identify: (request) => ({ accountId: request.get('x-user'), email: `${request.get('x-user')}@example.com` }),
    notifications: { notifier, operators: ['operator@example.com'] },
    webhooks: { mode },
    rateLimit: false,
    logger: { info: silent, warn: silent, error: silent },
    clock,
  })
  for (const type of effectTypes) billing.on(type, hear)
  // Whoever begins looks at the indexes, once.
  await billing.credits({ accountId: 'nobody' })
  billing.worker.start()
  life = Object.assign(own, { billing, receives })
}

/** The time of every job comes, of one after the other. */
const pass = async () => {
  const { timers } = life
  for (const timer of [...timers]) {
    timers.delete(timer)
    const waiting = timers.size
    timer.work()
    while (timers.size === waiting) await pause(1)
  }
}

const deeds = {
  begin,
  pass,
  live: () => {
    life.diesAt = null
  },
  wait: ({ seconds }) => {
    life.now += seconds * 1_000
  },
  end: async () => {
    await life.billing.close()
    life = null
  },
}

const app = express()
app.use('/billing', (request, response, next) => life.receives(request, response, next))
app.use('/billing', (request, response, next) => life.billing.router(request, response, next))
app.post('/host/:deed', express.json(), async (request, response) => {
  await deeds[request.params.deed](request.body)
  await quiet()
  say({ did: request.params.deed })
  response.json({})
})
const server = app.listen(0, '127.0.0.1', () => say({ port: server.address().port }))
server.keepAliveTimeout = 600_000
process.stdin.resume().on('end', () => process.exit())
