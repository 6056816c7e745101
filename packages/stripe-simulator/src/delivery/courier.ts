import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import type { Store } from '../store/store.ts'
import { addressEvent } from './address.ts'
import { afterAttempt, type Delivery, type DeliveryOptions, defaultDelivery, type Travel } from './delivery.ts'
import { createMailbag } from './mailbag.ts'
import { postEvent } from './post.ts'
import { createRounds } from './rounds.ts'

export interface Courier {
  send(event: StripeEvent, endpoints: readonly WebhookEndpoint[]): void
  /** Looks again at what waits: an endpoint may have been disabled or deleted, which ends its deliveries. */
  wake(): void
  pause(): void
  resume(): void
  isPaused(): boolean
  /** Newest first. */
  log(): Delivery[]
  pending(): number
  /** Resolves when nothing waits to be delivered; what is held back does not count. */
  settled(): Promise<void>
  /** Resolves when events of this type were tried at every endpoint; undefined when none waits for its first attempt. */
  tried(type: string): Promise<void> | undefined
  restore(deliveries: readonly Delivery[]): void
  /** Changes how events travel from here on. */
  change(options: DeliveryOptions): void
  travel(): Travel
  /** Stops; what was not delivered stays in the log. */
  close(): Promise<void>
}

export interface CourierParts {
  /** The store that an object is in, whichever account it belongs to. */
  readonly storeOf: (id: string) => Store
  /** Simulated time, in seconds. */
  readonly now: () => number
  readonly options: DeliveryOptions
  readonly retain: number
  readonly onChange: () => void
  /** An endpoint answered with 2xx. */
  readonly onDelivered: (delivery: Delivery) => void
}

/** A first attempt that comes this soon is worth waiting for. */
const soonMs = 1_000

/** Brings events to endpoints, one at a time, until each is answered with 2xx or given up. */
export const createCourier = (parts: CourierParts): Courier => {
  const { storeOf, now, retain, onChange, onDelivered } = parts
  let options = { ...defaultDelivery, ...parts.options }
  const endpointOf = (id: string): WebhookEndpoint | undefined => storeOf(id).get('webhook_endpoint', id)
  const isOpen = (endpointId: string): boolean => endpointOf(endpointId)?.status === 'enabled'
  const mailbag = createMailbag({ options, retain, isOpen })

  const attempt = async (delivery: Delivery): Promise<void> => {
    const store = storeOf(delivery.eventId)
    const event = store.get('event', delivery.eventId) ?? mailbag.eventOf(delivery)
    const endpoint = endpointOf(delivery.endpointId)
    if (!event || endpoint?.status !== 'enabled') {
      mailbag.put({ ...delivery, state: 'failed' })
      return
    }
    const attempted = afterAttempt(delivery, await postEvent({ store, now }, event, endpoint), options)
    mailbag.put(attempted)
    if (attempted.state === 'delivered') onDelivered(attempted)
    onChange()
  }
  const rounds = createRounds({ mailbag, attempt, paused: options.off })
  const isUntried = (type: string): boolean =>
    mailbag
      .pending()
      .some((each) => each.type === type && each.attempts.length === 0 && each.nextAttemptAt <= Date.now() + soonMs)

  return {
    ...rounds,
    tried: (type) => (isUntried(type) && !rounds.isPaused() ? rounds.until(() => !isUntried(type)) : undefined),
    send: (event, endpoints) => {
      const store = storeOf(event.id)
      const addressed = addressEvent(store, event, endpoints)
      if (store.get('event', event.id)) store.put(addressed)
      for (const endpoint of endpoints) mailbag.add(addressed, endpoint)
      rounds.wake()
    },
    log: mailbag.log,
    travel: () => {
      const { delayMs, duplicates, order, seed } = options
      return { delayMs, duplicates, order, seed }
    },
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
