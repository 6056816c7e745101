import { randomUUID } from 'node:crypto'
import { createStripeSimulator, type StripeSimulator } from '@paywright/stripe-simulator'
import { systemClock } from '../../src/clock.ts'
import type { Catalog } from '../../src/domain/catalog.ts'
import type { ProviderEvent } from '../../src/domain/event.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import type { Deps } from '../../src/ports/deps.ts'
import type { PaymentProvider } from '../../src/ports/provider.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'
import { openBench } from '../actions/deps.ts'
import { type Call, remember } from './remembered-store.ts'

/** What the provider answers to a question, such as `findSubscription sub_1`. */
export type Truth = ReadonlyMap<string, unknown>

/** The provider after something has happened there, and the events that tell of it. */
export type Moment = { truth: Truth; events: readonly ProviderEvent[] }

/** A history as it happened at the provider, while no webhook came: `begun` is what the host had written down itself. */
export type Recording = {
  catalog: Catalog
  begun: readonly Call[]
  moments: readonly Moment[]
  readFact: PaymentProvider['readFact']
  endedAt: Date
}

export type Stage = {
  deps: Deps
  stripe: StripeSimulator
  /** Does something in Stripe's dashboard, with the secret key. */
  ask(path: string, fields?: Readonly<Record<string, string>>, method?: 'POST' | 'DELETE'): Promise<StripeObject>
  /** Something happens at the provider: from then on it answers otherwise. */
  happens(work: () => unknown): Promise<void>
}

export type StripeObject = { id: string } & Readonly<Record<string, unknown>>

export type Story = (stage: Stage) => Promise<void>

export const record = async (catalog: Catalog, story: Story): Promise<Recording> => {
  await using stripe = await createStripeSimulator({ settings: { paymentMethods: ['card', 'us_bank_account'] } })
  const provider = stripeProvider({ ...stripe.keys, webhookSecrets: ['whsec_recorded'], apiBase: stripe.url })
  await provider.pushCatalog(catalog)
  const { store, calls } = remember(memoryStore())
  const moments: Moment[] = []
  const seen = new Set(stripe.objects('event').map(({ id }) => id))
  const look = async () => {
    const fresh = stripe.objects('event').filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    moments.push({ truth: await askAll(provider, stripe), events: await findAll(provider, fresh) })
  }
  const stage: Stage = {
    deps: depsOf({ catalog, provider, store, stripe }),
    stripe,
    ask: (path, fields = {}, method = 'POST') => ask(stripe, { path, fields, method }),
    async happens(work) {
      if (moments.length === 0) await look()
      await work()
      await look()
    },
  }
  await story(stage)
  return { catalog, begun: calls, moments, readFact: provider.readFact, endedAt: stripe.clock.now() }
}

type Parts = { catalog: Catalog; provider: PaymentProvider; store: BillingStore; stripe: StripeSimulator }

const depsOf = ({ catalog, provider, store, stripe }: Parts): Deps => ({
  ...openBench().deps,
  ...{ catalog, provider, store, newId: randomUUID },
  clock: { ...systemClock(), now: () => stripe.clock.now() },
})

/** Every question that an action may ask, and what it is about. */
const questions = {
  findPaymentIntent: 'payment_intent',
  findReversals: 'payment_intent',
  findCheckoutSession: 'checkout.session',
  findSubscription: 'subscription',
  listPaidInvoices: 'subscription',
  findInvoice: 'invoice',
  listSubscriptions: 'customer',
  listInvoices: 'customer',
  listAttempts: 'payment_intent',
  findDispute: 'dispute',
  findCustomer: 'customer',
  findPaymentMethod: 'payment_method',
  listPaymentMethods: 'customer',
} as const satisfies Partial<Record<keyof PaymentProvider, string>>

export type Question = keyof typeof questions
export const allQuestions = Object.keys(questions) as readonly Question[]

const askAll = async (provider: PaymentProvider, stripe: StripeSimulator): Promise<Truth> => {
  const truth = new Map<string, unknown>()
  for (const question of allQuestions) {
    for (const { id } of stripe.objects(questions[question]))
      truth.set(`${question} ${id}`, await provider[question](id))
  }
  return truth
}

const findAll = async (
  provider: PaymentProvider,
  events: readonly { id: string }[],
): Promise<readonly ProviderEvent[]> => {
  const found = await Promise.all(events.map(({ id }) => provider.findEvent(id)))
  return found.filter((event) => event !== null)
}

type Request = { path: string; fields: Readonly<Record<string, string>>; method: 'POST' | 'DELETE' }

const ask = async ({ url, keys }: StripeSimulator, { path, fields, method }: Request): Promise<StripeObject> => {
  const headers = { authorization: `Bearer ${keys.secretKey}` }
  const response = await fetch(`${url}${path}`, { method, headers, body: new URLSearchParams(fields) })
  const answer = (await response.json()) as StripeObject
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${JSON.stringify(answer)}`)
  return answer
}
