import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A port of localhost on which nothing listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

/** Whether it is free within a moment: what was killed just now may still hold it. */
export async function untilPortIsFree(port: number, patienceMs = 3_000): Promise<boolean> {
  const giveUpAt = Date.now() + patienceMs
  while (!(await isPortFree(port))) {
    if (Date.now() > giveUpAt) return false
    await sleep(100)
  }
  return true
}
