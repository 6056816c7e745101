import http from 'node:http'

const inFlight = 48
const most = 5

const post = (agent, url, { body, signature }) =>
  new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'stripe-signature': signature,
      'content-length': Buffer.byteLength(body),
    }
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    // A connection that breaks is no answer.
    request.on('error', () => resolve(0)).end(body)
  })

/** Sends them as Stripe does: to one process after the other, and again when one is not answered with 2xx. */
export const deliver = async (urls, deliveries) => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: inFlight })
  const times = []
  const startedAt = performance.now()
  const elapsed = () => (performance.now() - startedAt) / 1_000
  let [next, answered] = [0, 0]
  const once = async (delivery, nth) => {
    for (let attempt = 0; attempt < most; attempt += 1) {
      const before = performance.now()
      const status = await post(agent, urls[(nth + attempt) % urls.length], delivery)
      times.push(performance.now() - before)
      if (status >= 200 && status < 300) return true
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt))
    }
    return false
  }
  const work = async () => {
    while (next < deliveries.length) {
      const nth = next
      next += 1
      if (await once(deliveries[nth], nth)) answered += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  const all = elapsed()
  agent.destroy()
  times.sort((a, b) => a - b)
  const share = (part) => times[Math.floor(times.length * part)] ?? 0
  return { answered, elapsed, times: { all, p50: share(0.5), p99: share(0.99) } }
}
