import type { StripeEvent } from '../domain/objects/account.ts'
import type { Store } from '../store/store.ts'
import { endpointsFor } from '../world.ts'
import { afterAttempt, type Delivery, type DeliveryOptions, defaultDelivery } from './delivery.ts'
import { postEvent } from './post.ts'
import { createRandom } from './random.ts'

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
  /** Stops; what was not delivered stays in the log. */
  close(): Promise<void>
}

export interface CourierParts {
  readonly store: Store
  readonly options: DeliveryOptions
  readonly onChange: () => void
}

const isPending = (delivery: Delivery): boolean => delivery.state === 'pending'

/** Brings events to endpoints, one at a time, until each is answered with 2xx or given up. */
export const createCourier = ({ store, options: given, onChange }: CourierParts): Courier => {
  const options = { ...defaultDelivery, ...given }
  const random = createRandom(options.seed)
  const deliveries = new Map<string, Delivery>()
  const waiting: (() => void)[] = []
  let paused = options.off
  let closed = false
  let working: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let count = 0

  const pendingNow = (): Delivery[] => [...deliveries.values()].filter(isPending)

  const pick = (): Delivery | undefined => {
    const ready = pendingNow().filter((delivery) => delivery.nextAttemptAt <= Date.now())
    return ready[options.order === 'shuffled' ? Math.floor(random() * ready.length) : 0]
  }

  const attempt = async (delivery: Delivery): Promise<void> => {
    const event = store.get('event', delivery.eventId)
    const endpoint = store.get('webhook_endpoint', delivery.endpointId)
    if (!event || endpoint?.status !== 'enabled') {
      deliveries.set(delivery.id, { ...delivery, state: 'failed' })
      return
    }
    const result = await postEvent(event, endpoint)
    deliveries.set(delivery.id, afterAttempt(delivery, result, options))
    onChange()
  }

  const work = async (): Promise<void> => {
    for (let next = pick(); next && !paused && !closed; next = pick()) await attempt(next)
  }

  const release = (): void => {
    if (!paused && pendingNow().length > 0) return
    for (const resolve of waiting.splice(0)) resolve()
  }

  const wake = (): void => {
    clearTimeout(timer)
    if (closed || paused || working) return
    const soonest = Math.min(...pendingNow().map((delivery) => delivery.nextAttemptAt))
    if (soonest === Infinity) return release()
    timer = setTimeout(start, Math.max(0, soonest - Date.now()))
  }

  const start = (): void => {
    working = work().finally(() => {
      working = undefined
      wake()
    })
  }

  const add = (event: StripeEvent, endpoint: { readonly id: string; readonly url: string }): void => {
    count += 1
    deliveries.set(`del_${count}`, {
      id: `del_${count}`,
      eventId: event.id,
      endpointId: endpoint.id,
      type: event.type,
      url: endpoint.url,
      attempts: [],
      state: 'pending',
      nextAttemptAt: Date.now() + options.delayMs,
    })
  }

  return {
    send: (event) => {
      const copies = Array.from({ length: 1 + options.duplicates })
      for (const endpoint of endpointsFor(store, event.type)) for (const _copy of copies) add(event, endpoint)
      wake()
    },
    pause: () => {
      paused = true
      release()
    },
    resume: () => {
      paused = false
      wake()
    },
    isPaused: () => paused,
    log: () => [...deliveries.values()].reverse(),
    pending: () => pendingNow().length,
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        if (working) return
        if (paused || pendingNow().length === 0) release()
      }),
    restore: (known) => {
      deliveries.clear()
      for (const delivery of known) deliveries.set(delivery.id, delivery)
      count = Math.max(0, ...known.map((delivery) => Number(delivery.id.slice(4))))
      wake()
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await working
      for (const resolve of waiting.splice(0)) resolve()
    },
  }
}
