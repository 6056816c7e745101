import type { StripeEvent } from '../domain/objects/account.ts'
import type { Store } from '../store/store.ts'
import { endpointsFor } from '../world.ts'
import { afterAttempt, type Delivery, type DeliveryOptions, defaultDelivery, type Travel } from './delivery.ts'
import { createMailbag } from './mailbag.ts'
import { postEvent } from './post.ts'
import { createRounds } from './rounds.ts'

export interface Courier {
  send(event: StripeEvent): void
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
  travel(): Travel
  /** Stops; what was not delivered stays in the log. */
  close(): Promise<void>
}

export interface CourierParts {
  readonly store: Store
  readonly options: DeliveryOptions
  readonly retain: number
  readonly onChange: () => void
}

/** Brings events to endpoints, one at a time, until each is answered with 2xx or given up. */
export const createCourier = ({ store, options: given, retain, onChange }: CourierParts): Courier => {
  let options = { ...defaultDelivery, ...given }
  const mailbag = createMailbag({ options, retain })

  const attempt = async (delivery: Delivery): Promise<void> => {
    const event = store.get('event', delivery.eventId)
    const endpoint = store.get('webhook_endpoint', delivery.endpointId)
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
    send: (event) => {
      for (const endpoint of endpointsFor(store, event.type)) mailbag.add(event, endpoint)
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
