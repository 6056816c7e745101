import type { Announcer } from './announcer.ts'
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

export interface ForcedDecline {
  readonly code: string
  readonly declineCode?: string
}

/** Everything that exists in one simulated Stripe account, and the only ways to change it. */
export interface World extends Pick<Announcer, 'atomically' | 'mark'> {
  /** The account's id: `acct_…`. */
  readonly account: string
  /** The platform, and the accounts that are connected to it. */
  readonly accounts: Accounts
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
}

/** Each account is a world of its own, behind the platform's keys. They share time, ids and settings. */
export interface Accounts {
  readonly platform: World
  /** The world of a new account. */
  open(account: string): World
  /** The world of an account that the platform may act for. */
  connected(account: string): World | undefined
  all(): readonly World[]
  /** The world that an object is in; the platform's, when it is in none. */
  holding(id: string): World
}

export type Fields<N extends ObjectName> = Partial<StripeObjects[N]>

export interface Target<N extends ObjectName> {
  readonly object: N
  readonly id: string
}

/** What all accounts have in common. */
export interface Commons {
  readonly ids: IdSource
  readonly clock: Clock
  readonly settings: SimulatorSettings
  readonly blank: (schema: string) => Readonly<Record<string, unknown>>
  readonly url: () => string
  /** How many events each account remembers. */
  readonly retain: number
  readonly announcer: Announcer
  readonly forcedDeclines: ForcedDecline[]
  readonly forcedFailures: FailureKind[]
}

export interface WorldParts extends Pick<World, 'account' | 'accounts' | 'store'> {
  readonly commons: Commons
}

/** The platform's Connect application. */
export const applicationOf = ({ settings }: Pick<World, 'settings'>): string => `ca_simulated${settings.seed}`

export const isPlatform = (world: World): boolean => world.accounts.platform === world

const isSubscribed = (endpoint: WebhookEndpoint, type: string): boolean =>
  endpoint.status === 'enabled' &&
  endpoint.enabled_events.some((name) => name === '*' || name === type) &&
  hasEvent(endpoint.api_version ?? apiVersion, type)

const hears = (endpoint: WebhookEndpoint, connect: boolean): boolean => (endpoint.$connect === true) === connect

/** The account's own endpoints, and those of the platform that listen to connected accounts. */
const listening = (world: World): WebhookEndpoint[] => {
  const own = world.store.all('webhook_endpoint').filter((endpoint) => hears(endpoint, false))
  if (!world.accounts.connected(world.account)) return own
  const above = world.accounts.platform.store.all('webhook_endpoint')
  return [...own, ...above.filter((endpoint) => hears(endpoint, true))]
}

export const endpointsFor = (world: World, type: string): WebhookEndpoint[] =>
  listening(world).filter((endpoint) => isSubscribed(endpoint, type))

const emitFrom = ({ commons, store, account }: WorldParts, world: () => World): World['emit'] => {
  const { announcer, blank, ids, clock, retain } = commons
  return (type, object, previous) => {
    const endpoints = endpointsFor(world(), type)
    const event = {
      ...blank('event'),
      id: ids.next('event'),
      object: 'event',
      ...(isPlatform(world()) ? {} : { account }),
      api_version: apiVersion,
      created: clock.now(),
      data: { object: render(object as StripeObject), ...(previous ? { previous_attributes: previous } : {}) },
      pending_webhooks: endpoints.length,
      request: announcer.request(),
      type,
      $happenedAt: clock.own(),
    } as StripeEvent
    store.put(event)
    store.trim('event', retain)
    announcer.publish(event, endpoints)
  }
}

/** What a platform makes in a connected account names the platform's application. */
const madeBy = (world: World, blank: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  'application' in blank && !isPlatform(world) ? { ...blank, application: applicationOf(world) } : blank

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

export const createWorld = (parts: WorldParts): World => {
  const { account, accounts, commons, store } = parts
  const { announcer, clock, ids, settings } = commons
  const emit = emitFrom(parts, () => world)
  const memory = (name: string, old?: StripeObject) =>
    isSearchable(name) ? searchMemory(old, { now: clock.now(), seconds: settings.searchLagSeconds }) : {}
  const insert: World['insert'] = (name, fields, event) => {
    const blank = commons.blank(name)
    const object = {
      ...madeBy(world, blank),
      id: ids.next(name),
      ...commonFields(blank, clock.now()),
      ...inherited(store, blank, fields.customer),
      ...fields,
      ...memory(name),
      object: name,
    } as unknown as StripeObjects[typeof name]
    store.put(object)
    if (event) emit(event, object)
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
    if (event && previous) emit(event, now, event.endsWith('.updated') ? previous : undefined)
    return now as StripeObjects[typeof target.object]
  }
  const world: World = {
    account,
    accounts,
    store,
    ids,
    settings,
    forcedDeclines: commons.forcedDeclines,
    forcedFailures: commons.forcedFailures,
    url: (path) => `${commons.url()}${path}`,
    now: () => clock.now(),
    at: (time, work) => (time === undefined ? work() : clock.at(time, work)),
    blank: commons.blank,
    insert,
    update,
    need,
    emit,
    mark: announcer.mark,
    atomically: announcer.atomically,
  }
  return world
}
