import { createAccounts, type OpenAccounts } from './accounts.ts'
import { createAnnouncer } from './announcer.ts'
import { type Advance, createClock } from './clock.ts'
import { createTime, noteAnswer } from './create-time.ts'
import { type Courier, createCourier } from './delivery/courier.ts'
import type { WebhookEndpoint } from './domain/objects/account.ts'
import { apiVersion } from './domain/versions.ts'
import { checkedVersion } from './flows/endpoint-version.ts'
import { settleEntitlements } from './flows/entitlements/settle.ts'
import { connectFields } from './flows/webhook-endpoints.ts'
import { createIdempotencyKeys, type IdempotencyKeys } from './http/idempotency.ts'
import { defaultSettings } from './settings.ts'
import type { SimulatorKeys, SimulatorOptions, WebhookTarget } from './simulator.ts'
import { createBlanks } from './spec/blank.ts'
import type { SpecDocument } from './spec/document.ts'
import { createIdSource, seededText } from './store/id-source.ts'
import { createJournal } from './store/journal.ts'
import type { SimulatorState } from './store/state-file.ts'
import type { Accounts, Commons, World } from './world.ts'

/** The parts of one simulated account, and of those that are connected to it. */
export interface Account {
  readonly world: World
  readonly accounts: Accounts
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

const isSame = (endpoint: WebhookEndpoint, target: WebhookTarget): boolean =>
  endpoint.url === target.url && (endpoint.$connect === true) === (target.connect === true)

/** The endpoints of the options; one that a restored account has already keeps its id, and a secret that was rolled. */
const listen = (world: World, targets: readonly WebhookTarget[], secret: string): void => {
  for (const target of targets) {
    const fields = {
      api_version: checkedVersion(target.apiVersion ?? apiVersion),
      enabled_events: target.events ?? ['*'],
      status: 'enabled' as const,
      url: target.url,
      $secret: target.secret ?? secret,
      ...connectFields(world, target.connect),
    }
    const known = world.store.all('webhook_endpoint').find((endpoint) => isSame(endpoint, target))
    if (!known) world.insert('webhook_endpoint', { metadata: {}, ...fields })
    else world.update(known, known.$retired ? { ...fields, $secret: known.$secret } : fields)
  }
}

interface Memory {
  readonly accounts: OpenAccounts
  readonly commons: Commons
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

const snapshotOf = ({ accounts, commons, courier, idempotency }: Memory): SimulatorState => ({
  version: 1,
  objects: accounts.platform.store.objects(),
  accounts: accounts.objects(),
  counters: commons.ids.counters(),
  clockOffset: commons.clock.offset(),
  idempotency: idempotency.entries(),
  deliveries: courier.log().reverse(),
})

const restoreInto = ({ accounts, commons, courier, idempotency }: Memory, state: SimulatorState): void => {
  accounts.platform.store.restore(state.objects)
  accounts.restore(state.accounts ?? {})
  commons.ids.restore(state.counters)
  commons.clock.restore(state.clockOffset)
  idempotency.restore(state.idempotency)
  courier.restore(state.deliveries)
  commons.forcedDeclines.length = 0
  commons.forcedFailures.length = 0
}

const openMemory = ({ options, spec, url, onChange }: AccountParts, seed: number): Memory => {
  const journal = createJournal()
  const retain = options.retain ?? defaultRetention
  const clock = createClock(options.now ?? (() => new Date()))
  const settings = { ...defaultSettings, ...options.settings, seed }
  const courier = createCourier({
    storeOf: (id) => accounts.holding(id).store,
    now: () => clock.now(),
    options: options.delivery ?? {},
    retain,
    onChange,
    onDelivered: (delivery) => noteAnswer(accounts, courier, delivery),
  })
  const commons: Commons = {
    ids: createIdSource(seed),
    clock,
    settings,
    blank: createBlanks(spec),
    url,
    retain,
    announcer: createAnnouncer({
      journal,
      send: courier.send,
      beforeCommit: () => accounts.all().forEach(settleEntitlements),
    }),
    forcedDeclines: [],
    forcedFailures: [],
  }
  const accounts = createAccounts({ platform: `acct_simulated${seed}`, commons, journal })
  const keyMemory = { retain, seconds: settings.idempotencySeconds, now: () => clock.now() }
  return { accounts, commons, courier, idempotency: createIdempotencyKeys(keyMemory) }
}

/** One simulated account, without a server in front of it. */
export const createAccount = (parts: AccountParts): Account => {
  const { options, onChange } = parts
  const seed = options.seed ?? defaultSettings.seed
  const keys = keysFor(seed)
  const memory = openMemory(parts, seed)
  const { accounts, commons, courier, idempotency } = memory
  const world = accounts.platform
  const restore = (state: SimulatorState): void => {
    restoreInto(memory, state)
    listen(world, options.webhooks ?? [], keys.webhookSecret)
  }
  const time = createTime({ accounts, clock: commons.clock, courier, onChange })
  return {
    world,
    accounts,
    courier,
    keys,
    idempotency,
    ...time,
    snapshot: () => snapshotOf(memory),
    restore,
    reset: () => restore(emptyState),
  }
}
