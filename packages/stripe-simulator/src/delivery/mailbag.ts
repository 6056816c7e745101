import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import type { Delivery, DeliveryOptions } from './delivery.ts'
import { createRandom } from './random.ts'

/** All deliveries of an account: what waits, and what became of the rest. */
export interface Mailbag {
  add(event: StripeEvent, endpoint: WebhookEndpoint): void
  put(delivery: Delivery): void
  /** The event of a delivery that waits, though the account may have forgotten it. */
  eventOf(delivery: Delivery): StripeEvent | undefined
  /** The next delivery that is ready for an attempt. */
  pick(): Delivery | undefined
  pending(): Delivery[]
  /** When the next delivery is ready, in real milliseconds; infinity when none waits. */
  readyAt(): number
  /** Newest first. */
  log(): Delivery[]
  restore(deliveries: readonly Delivery[]): void
  /** How events travel from here on. */
  change(options: Required<DeliveryOptions>): void
}

export interface MailbagParts {
  readonly options: Required<DeliveryOptions>
  /** How many deliveries that are done it remembers. */
  readonly retain: number
  /** Whether an endpoint still takes events; what waits for one that does not is over. */
  readonly isOpen: (endpointId: string) => boolean
}

export const createMailbag = ({ options: given, retain, isOpen }: MailbagParts): Mailbag => {
  let options = given
  let random = createRandom(options.seed)
  const deliveries = new Map<string, Delivery>()
  let count = 0
  const waiting = new Set<string>()
  const events = new Map<string, StripeEvent>()
  const pending = (): Delivery[] => [...waiting].flatMap((id) => deliveries.get(id) ?? [])
  const readyAt = ({ endpointId, nextAttemptAt }: Delivery): number => (isOpen(endpointId) ? nextAttemptAt : 0)
  const put = (delivery: Delivery): void => {
    deliveries.set(delivery.id, delivery)
    if (delivery.state === 'pending') {
      waiting.add(delivery.id)
      return
    }
    waiting.delete(delivery.id)
    events.delete(delivery.id)
  }
  const forget = (): void => {
    for (const id of deliveries.keys()) {
      if (deliveries.size - waiting.size <= retain) return
      if (!waiting.has(id)) deliveries.delete(id)
    }
  }
  const add = (event: StripeEvent, endpoint: WebhookEndpoint): void => {
    count += 1
    const id = `del_${count}`
    const nextAttemptAt = Date.now() + options.delayMs
    const address = { eventId: event.id, type: event.type, endpointId: endpoint.id, url: endpoint.url }
    events.set(id, event)
    put({ id, ...address, attempts: [], state: 'pending', nextAttemptAt })
  }
  return {
    pending,
    readyAt: () => Math.min(...pending().map(readyAt)),
    add: (event, endpoint) => {
      for (let copy = 0; copy <= options.duplicates; copy += 1) add(event, endpoint)
    },
    put: (delivery) => {
      put(delivery)
      forget()
    },
    eventOf: ({ id }) => events.get(id),
    pick: () => {
      const ready = pending().filter((delivery) => readyAt(delivery) <= Date.now())
      return ready[options.order === 'shuffled' ? Math.floor(random() * ready.length) : 0]
    },
    log: () => [...deliveries.values()].reverse(),
    restore: (known) => {
      deliveries.clear()
      waiting.clear()
      events.clear()
      for (const delivery of known) put(delivery)
      count = Math.max(0, ...known.map((delivery) => Number(delivery.id.slice(4))))
    },
    change: (next) => {
      options = next
      random = createRandom(next.seed)
    },
  }
}
