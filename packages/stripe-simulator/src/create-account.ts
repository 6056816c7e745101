import { type Advance, type Clock, createClock } from './clock.ts'
import { createTime, noteAnswer } from './create-time.ts'
import { type Courier, createCourier } from './delivery/courier.ts'
import { apiVersion } from './domain/versions.ts'
import { checkedVersion } from './flows/endpoint-version.ts'
import { settleEntitlements } from './flows/entitlements/settle.ts'
import { createIdempotencyKeys, type IdempotencyKeys } from './http/idempotency.ts'
import { defaultSettings } from './settings.ts'
import type { SimulatorKeys, SimulatorOptions, WebhookTarget } from './simulator.ts'
import { createBlanks } from './spec/blank.ts'
import type { SpecDocument } from './spec/document.ts'
import { createIdSource, type IdSource, seededText } from './store/id-source.ts'
import type { SimulatorState } from './store/state-file.ts'
import { createStore } from './store/store.ts'
import { createWorld, type World } from './world.ts'

/** The parts of one simulated account. */
export interface Account {
  readonly world: World
  readonly courier: Courier
  readonly idempotency: IdempotencyKeys
  readonly keys: SimulatorKeys
  /** What time has brought about since the last look. */
  catchUp(): void
  /** Moves time ahead; what the world waits for in between are the answers of webhook endpoints. */
  advance(by: Advance): Promise<void>
  /** The same without waiting: for an account that nobody listens to. */
  leap(by: Advance): void
  snapshot(): SimulatorState
  restore(state: SimulatorState): void
  reset(): void
}

export interface AccountParts {
  readonly options: SimulatorOptions
  readonly spec: SpecDocument
  readonly url: () => string
  readonly onChange: () => void
}

const keysFor = (seed: number): SimulatorKeys => ({
  secretKey: `sk_test_${seededText(seed, 'secret')}`,
  publishableKey: `pk_test_${seededText(seed, 'publishable')}`,
  webhookSecret: `whsec_${seededText(seed, 'webhook', 32)}`,
})

/** The endpoints of the options; one that a restored account has already keeps its id, and a secret that was rolled. */
const listen = (world: World, targets: readonly WebhookTarget[], secret: string): void => {
  for (const target of targets) {
    const fields = {
      api_version: checkedVersion(target.apiVersion ?? apiVersion),
      enabled_events: target.events ?? ['*'],
      status: 'enabled' as const,
      url: target.url,
      $secret: target.secret ?? secret,
    }
    const known = world.store.all('webhook_endpoint').find((endpoint) => endpoint.url === target.url)
    if (!known) world.insert('webhook_endpoint', { metadata: {}, ...fields })
    else world.update(known, known.$retired ? { ...fields, $secret: known.$secret } : fields)
  }
}

interface Memory {
  readonly world: World
  readonly ids: IdSource
  readonly clock: Clock
  readonly courier: Courier
  readonly idempotency: IdempotencyKeys
}

const defaultRetention = 10_000

const emptyState: SimulatorState = {
  version: 1,
  objects: {},
  counters: {},
  clockOffset: 0,
  idempotency: [],
  deliveries: [],
}

const snapshotOf = ({ world, ids, clock, courier, idempotency }: Memory): SimulatorState => ({
  version: 1,
  objects: world.store.objects(),
  counters: ids.counters(),
  clockOffset: clock.offset(),
  idempotency: idempotency.entries(),
  deliveries: courier.log().reverse(),
})

const restoreInto = ({ world, ids, clock, courier, idempotency }: Memory, state: SimulatorState): void => {
  world.store.restore(state.objects)
  ids.restore(state.counters)
  clock.restore(state.clockOffset)
  idempotency.restore(state.idempotency)
  courier.restore(state.deliveries)
  world.forcedDeclines.length = 0
  world.forcedFailures.length = 0
}

/** One simulated account, without a server in front of it. */
export const createAccount = ({ options, spec, url, onChange }: AccountParts): Account => {
  const seed = options.seed ?? defaultSettings.seed
  const keys = keysFor(seed)
  const clock = createClock(options.now ?? (() => new Date()))
  const store = createStore()
  const ids = createIdSource(seed)
  const retain = options.retain ?? defaultRetention
  const settings = { ...defaultSettings, ...options.settings, seed }
  const courier = createCourier({
    store,
    now: () => clock.now(),
    options: options.delivery ?? {},
    retain,
    onChange,
    onDelivered: (delivery) => noteAnswer(world, courier, delivery),
  })
  const world: World = createWorld({
    store,
    ids,
    clock,
    settings,
    blank: createBlanks(spec),
    url,
    retain,
    onEvent: (event) => courier.send(event),
    beforeCommit: () => settleEntitlements(world),
  })
  const keyMemory = { retain, seconds: settings.idempotencySeconds, now: () => clock.now() }
  const memory = { world, ids, clock, courier, idempotency: createIdempotencyKeys(keyMemory) }
  const restore = (state: SimulatorState): void => {
    restoreInto(memory, state)
    listen(world, options.webhooks ?? [], keys.webhookSecret)
  }
  const time = createTime({ world, clock, courier, onChange })
  return {
    world,
    courier,
    keys,
    idempotency: memory.idempotency,
    ...time,
    snapshot: () => snapshotOf(memory),
    restore,
    reset: () => restore(emptyState),
  }
}
