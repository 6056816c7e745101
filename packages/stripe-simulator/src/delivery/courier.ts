import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import type { Store } from '../store/store.ts'
import { afterAttempt, type Delivery, type DeliveryOptions, defaultDelivery } from './delivery.ts'
import { createMailbag } from './mailbag.ts'
import { postEvent } from './post.ts'
import { createRounds } from './rounds.ts'

export interface Courier {
  send(event: StripeEvent, endpoints: readonly WebhookEndpoint[]): void
  pause(): void
  resume(): void
  isPaused(): boolean
  /** Newest first. */
  log(): Delivery[]
  pending(): number
  /** Resolves when nothing waits to be delivered; what is held back does not count. */
  settled(): Promise<void>
  restore(deliveries: readonly Delivery[]): void
  /** Changes how events travel from here on. */
  change(options: DeliveryOptions): void
  /** Stops; what was not delivered stays in the log. */
  close(): Promise<void>
}

export interface CourierParts {
  /** An event or an endpoint, whichever account it belongs to. */
  readonly find: Store['get']
  readonly options: DeliveryOptions
  readonly retain: number
  readonly onChange: () => void
}

/** Brings events to endpoints, one at a time, until each is answered with 2xx or given up. */
export const createCourier = ({ find, options: given, retain, onChange }: CourierParts): Courier => {
  let options = { ...defaultDelivery, ...given }
  const mailbag = createMailbag({ options, retain })

  const attempt = async (delivery: Delivery): Promise<void> => {
    const event = find('event', delivery.eventId)
    const endpoint = find('webhook_endpoint', delivery.endpointId)
    if (!event || endpoint?.status !== 'enabled') {
      mailbag.put({ ...delivery, state: 'failed' })
      return
    }
    mailbag.put(afterAttempt(delivery, await postEvent(event, endpoint), options))
    onChange()
  }
  const rounds = createRounds({ mailbag, attempt, paused: options.off })

  return {
    ...rounds,
    send: (event, endpoints) => {
      for (const endpoint of endpoints) mailbag.add(event, endpoint)
      rounds.wake()
    },
    log: mailbag.log,
    pending: () => mailbag.pending().length,
    restore: (known) => {
      mailbag.restore(known)
      rounds.wake()
    },
    change: (next) => {
      options = { ...options, ...next }
      mailbag.change(options)
      if (next.off === true) rounds.pause()
      if (next.off === false) rounds.resume()
    },
  }
}
