import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const places = [...(process.env.PATH ?? '').split(path.delimiter), path.join(os.homedir(), 'go', 'bin')]

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })

const ticksPerSecond = 100

/** @param {number} pid */
const cpuMsOf = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

/** Stripe's own stripe-mock, where it is installed; one core, as the simulator has. */
export const startStripeMock = async () => {
  const program = places.map((place) => path.join(place, 'stripe-mock')).find((file) => existsSync(file))
  if (!program) return undefined
  const port = await freePort()
  const env = { ...process.env, GOMAXPROCS: '1' }
  const child = spawn(program, ['-http-addr', `127.0.0.1:${port}`], { env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  while (!(await fetch(url).catch(() => undefined))) await sleep(20)
  return { url, secretKey: 'sk_test_123', cpuMs: () => cpuMsOf(child.pid ?? 0), stop: () => child.kill() }
}
