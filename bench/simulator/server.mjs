// A simulator in a process of its own, which answers what it has used.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const name = '@paywright/stripe-simulator'
const within = createRequire(new URL('../../packages/stripe-simulator/package.json', import.meta.url))
/** @type {typeof import('@paywright/stripe-simulator')} */
const { createStripeSimulator } = await import(pathToFileURL(within.resolve(name)).href)

const startedAt = performance.now()
const simulator = await createStripeSimulator({ retain: 2_000 })
const startMs = performance.now() - startedAt

const used = () => {
  globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, heapMb: process.memoryUsage().heapUsed / 2 ** 20 }
}

process.on('message', () => process.send?.(used()))
process.on('disconnect', () => process.exit(0))
process.send?.({ url: simulator.url, secretKey: simulator.keys.secretKey, startMs })
