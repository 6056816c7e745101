import http from 'node:http'

const connections = 16

/** @typedef {{ url: string, secretKey: string }} Target */
/** @typedef {{ method: string, path: string, body?: string }} Request */

/**
 * @param {Target} target
 * @param {http.Agent} agent
 * @returns {(request: Request) => Promise<string>} Asks once; anything but 200 is a failure.
 */
const asker =
  ({ url, secretKey }, agent) =>
  ({ method, path, body = '' }) =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body),
      }
      const request = http.request(`${url}${path}`, { method, agent, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))))
      })
      request.on('error', reject).end(body)
    })

/**
 * Asks `count` times over a few connections that stay open, and says how many a second that were.
 * @param {Target} target
 * @param {(index: number) => Request} nth
 * @param {number} count
 */
export const load = async (target, nth, count) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const ask = asker(target, agent)
  const startedAt = performance.now()
  let next = 0
  const work = async () => {
    while (next < count) {
      next += 1
      await ask(nth(next))
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  agent.destroy()
  return count / ((performance.now() - startedAt) / 1000)
}

/** @param {Target} target @param {Request} request */
export const once = async (target, request) => {
  const agent = new http.Agent()
  const answer = await asker(target, agent)(request)
  agent.destroy()
  return JSON.parse(answer)
}
