import type { Clock } from './clock.ts'
import { previousAttributes } from './domain/difference.ts'
import { type Blame, type FailureKind, noSuch } from './domain/failure.ts'
import type { StripeEvent, WebhookEndpoint } from './domain/objects/account.ts'
import type { ObjectName, StripeObjects } from './domain/objects/all.ts'
import type { StripeObject } from './domain/objects/base.ts'
import { render } from './domain/render.ts'
import { isSearchable } from './domain/search-fields.ts'
import { searchMemory } from './domain/search-history.ts'
import { apiVersion, hasEvent } from './domain/versions.ts'
import type { SimulatorSettings } from './settings.ts'
import type { IdSource } from './store/id-source.ts'
import type { Store } from './store/store.ts'

export interface RequestMark {
  readonly id: string | null
  readonly idempotency_key: string | null
}

export interface ForcedDecline {
  readonly code: string
  readonly declineCode?: string
}

/** Everything that exists in one simulated Stripe account, and the only ways to change it. */
export interface World {
  readonly store: Store
  readonly ids: IdSource
  readonly settings: SimulatorSettings
  /** Declines waiting for the next charges, whatever the card. */
  readonly forcedDeclines: ForcedDecline[]
  /** What the next requests meet instead of their answers. */
  readonly forcedFailures: FailureKind[]
  url(path: string): string
  now(): number
  /** Does something at a test clock's time; without one, at the account's own. */
  at<T>(time: number | undefined, work: () => T): T
  blank(schema: string): Readonly<Record<string, unknown>>
  insert<N extends ObjectName>(name: N, fields: Fields<N>, event?: string): StripeObjects[N]
  /** Changes an object and tells the world, unless nothing changed. */
  update<N extends ObjectName>(target: Target<N>, changes: Fields<N>, event?: string): StripeObjects[N]
  /** The object with this id, or a refusal. */
  need<N extends ObjectName>(name: N, id: string, blame?: Blame): StripeObjects[N]
  emit(type: string, object: Readonly<Record<string, unknown>>, previous?: Readonly<Record<string, unknown>>): void
  /** Whose doing the events are from here on: a request's, or nobody's. */
  mark(request: RequestMark): void
  /** Runs `work`; when it throws, neither its changes nor its events remain, unless what it threw is one to keep. */
  atomically<T>(work: () => T, keeps?: (cause: unknown) => boolean): T
}

export type Fields<N extends ObjectName> = Partial<StripeObjects[N]>

export interface Target<N extends ObjectName> {
  readonly object: N
  readonly id: string
}

export interface WorldParts {
  readonly store: Store
  readonly ids: IdSource
  readonly clock: Clock
  readonly settings: SimulatorSettings
  readonly blank: (schema: string) => Readonly<Record<string, unknown>>
  readonly url: () => string
  /** How many events it remembers. */
  readonly retain: number
  readonly onEvent: (event: StripeEvent) => void
  /** Called when a change is about to stay: what follows from it belongs to it. */
  readonly beforeCommit: () => void
}

export const automatic: RequestMark = { id: null, idempotency_key: null }

const isSubscribed = (endpoint: WebhookEndpoint, type: string): boolean =>
  endpoint.status === 'enabled' &&
  endpoint.enabled_events.some((name) => name === '*' || name === type) &&
  hasEvent(endpoint.api_version ?? apiVersion, type)

export const endpointsFor = (store: Store, type: string): StripeObjects['webhook_endpoint'][] =>
  store.all('webhook_endpoint').filter((endpoint) => isSubscribed(endpoint, type))

const createEmitter = (parts: WorldParts): Pick<World, 'emit' | 'mark' | 'atomically'> => {
  const { store, ids, clock } = parts
  let request: RequestMark = automatic
  let held: StripeEvent[] | undefined
  const publish = (event: StripeEvent): void => {
    if (held) held.push(event)
    else parts.onEvent(event)
  }
  return {
    mark: (next) => {
      request = next
    },
    emit: (type, object, previous) => {
      const event = {
        ...parts.blank('event'),
        id: ids.next('event'),
        object: 'event',
        api_version: apiVersion,
        created: clock.now(),
        data: { object: render(object as StripeObject), ...(previous ? { previous_attributes: previous } : {}) },
        pending_webhooks: endpointsFor(store, type).length,
        request,
        type,
        $happenedAt: clock.own(),
      } as StripeEvent
      store.put(event)
      store.trim('event', parts.retain)
      publish(event)
    },
    atomically: (work, keeps = keepsNothing) => {
      const savepoint = store.savepoint()
      const outer = held
      const events: StripeEvent[] = []
      held = events
      const finish = (kept: boolean): void => {
        if (kept && !outer) parts.beforeCommit()
        held = outer
        if (!kept) savepoint.rollback()
        savepoint.release()
        if (kept) events.forEach(publish)
      }
      try {
        const result = work()
        finish(true)
        return result
      } catch (cause) {
        finish(keeps(cause))
        throw cause
      }
    },
  }
}

/** When it was made, and where, on objects that say so. */
const commonFields = (blank: Readonly<Record<string, unknown>>, now: number): Readonly<Record<string, unknown>> => ({
  ...('created' in blank ? { created: now } : {}),
  ...('livemode' in blank ? { livemode: false } : {}),
})
/** What is made for a customer of a test clock belongs to that clock. */
const inherited = (store: Store, blank: object, customer: unknown): object => {
  const owner = 'test_clock' in blank && typeof customer === 'string' ? store.get('customer', customer) : undefined
  return owner ? { test_clock: owner.test_clock } : {}
}

const keepsNothing = (): boolean => false

export const createWorld = (parts: WorldParts): World => {
  const { store, ids, clock, settings } = parts
  const emitter = createEmitter(parts)
  const memory = (name: string, old?: StripeObject) =>
    isSearchable(name) ? searchMemory(old, { now: clock.now(), seconds: settings.searchLagSeconds }) : {}
  const insert: World['insert'] = (name, fields, event) => {
    const blank = parts.blank(name)
    const object = {
      ...blank,
      id: ids.next(name),
      ...commonFields(blank, clock.now()),
      ...inherited(store, blank, fields.customer),
      ...fields,
      ...memory(name),
      object: name,
    } as unknown as StripeObjects[typeof name]
    store.put(object)
    if (event) emitter.emit(event, object)
    return object
  }
  const need: World['need'] = (name, id, blame = {}) => {
    const found = store.get(name, id)
    if (!found || found.deleted === true) throw noSuch(name, id, blame)
    return found
  }
  const update: World['update'] = (target, changes, event) => {
    const old = need(target.object, target.id) as StripeObject
    const now = { ...old, ...changes, ...memory(target.object, old) } as StripeObject
    store.put(now)
    const previous = previousAttributes(old, now)
    if (event && previous) emitter.emit(event, now, event.endsWith('.updated') ? previous : undefined)
    return now as StripeObjects[typeof target.object]
  }
  return {
    store,
    ids,
    settings: parts.settings,
    forcedDeclines: [],
    forcedFailures: [],
    url: (path) => `${parts.url()}${path}`,
    now: () => clock.now(),
    at: (time, work) => (time === undefined ? work() : clock.at(time, work)),
    blank: parts.blank,
    insert,
    update,
    need,
    ...emitter,
  }
}
