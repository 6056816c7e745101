import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import type { Delivery, DeliveryOptions } from './delivery.ts'
import { createRandom } from './random.ts'

/** All deliveries of an account: what waits, and what became of the rest. */
export interface Mailbag {
  add(event: StripeEvent, endpoint: WebhookEndpoint): void
  put(delivery: Delivery): void
  /** The next delivery that is ready for an attempt. */
  pick(): Delivery | undefined
  pending(): Delivery[]
  /** Newest first. */
  log(): Delivery[]
  restore(deliveries: readonly Delivery[]): void
}

export const createMailbag = (options: Required<DeliveryOptions>): Mailbag => {
  const random = createRandom(options.seed)
  const deliveries = new Map<string, Delivery>()
  let count = 0
  const pending = (): Delivery[] => [...deliveries.values()].filter(({ state }) => state === 'pending')
  const add = (event: StripeEvent, endpoint: WebhookEndpoint): void => {
    count += 1
    const id = `del_${count}`
    const nextAttemptAt = Date.now() + options.delayMs
    const address = { eventId: event.id, type: event.type, endpointId: endpoint.id, url: endpoint.url }
    deliveries.set(id, { id, ...address, attempts: [], state: 'pending', nextAttemptAt })
  }
  return {
    pending,
    add: (event, endpoint) => {
      for (let copy = 0; copy <= options.duplicates; copy += 1) add(event, endpoint)
    },
    put: (delivery) => void deliveries.set(delivery.id, delivery),
    pick: () => {
      const ready = pending().filter((delivery) => delivery.nextAttemptAt <= Date.now())
      return ready[options.order === 'shuffled' ? Math.floor(random() * ready.length) : 0]
    },
    log: () => [...deliveries.values()].reverse(),
    restore: (known) => {
      deliveries.clear()
      for (const delivery of known) deliveries.set(delivery.id, delivery)
      count = Math.max(0, ...known.map((delivery) => Number(delivery.id.slice(4))))
    },
  }
}
