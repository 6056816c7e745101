import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Evidence, Identity } from './domain/account.ts'
import type { Catalog } from './domain/catalog.ts'
import type { Shortfall } from './domain/credits/operation.ts'
import { BillingError } from './domain/errors.ts'
import type { Clock } from './ports/clock.ts'
import type { Logger } from './ports/logger.ts'
import type { FindRecipients, Notifier } from './ports/notifier.ts'
import type { PaymentProvider } from './ports/provider.ts'
import type { BillingStore } from './ports/store.ts'

type Maybe<Value> = Value | null | undefined | false
type Awaitable<Value> = Value | Promise<Value>

/**
 * What the host decides. `Request` is its framework's request: `express.Request` where `identify` is written for
 * Express.
 */
export type BillingOptions<
  PlanId extends string = string,
  PackId extends string = string,
  Request = IncomingMessage,
  Unit extends string = string,
> = {
  /** Who takes the money: `stripeProvider({ … })`. */
  provider: PaymentProvider
  /** Where things are kept: `mongoStore({ connection })`, or `memoryStore()` for tests. */
  store: BillingStore
  /** What is for sale: `defineCatalog({ … })`. */
  catalog: Catalog<PlanId, PackId, Unit>
  /** The account behind a request, from the host's own session; null when nobody is signed in. */
  identify: (request: Request) => Awaitable<Maybe<Identity>>
  /** Lets a service caller name the account itself. Without it such requests are refused. */
  authorizeService?: (request: Request) => Awaitable<boolean>
  /** What to keep for a dispute, with each purchase and checkout. */
  evidence?: (request: Request) => Awaitable<Maybe<Evidence>>
  /** The origins that people may be sent back to, the site's own first. Outside production the default is localhost. */
  trustedOrigins?: readonly string[]
  /** Where people come back to when a request doesn't say. */
  defaultReturnPath?: string
  /** How many days an account keeps access after a renewal failed. */
  graceDays?: number
  /**
   * `overdraft`: how far below zero charges may take an account (0). `shortfall`: who answers for credits that were spent
   * before their money went back: the account with its next grants (`debt`, the default), its other grants, or nobody
   * (`write_off`). `lowAt`: when a charge leaves fewer than that, in the default unit or by unit, the account is told
   * (`credits.low`).
   */
  credits?: { overdraft?: number; shortfall?: Shortfall; lowAt?: number | Partial<Record<Unit, number>> }
  /** For money in answers. */
  locale?: string
  /** The name of this app, in the metadata of everything made at the provider. */
  source?: string
  /** How often an account may start something to pay for. `false` leaves that to the host. */
  rateLimit?: false | { windowSeconds: number; limit: number }
  webhooks?: {
    /** When a body parser has eaten the signed bytes: fetch the event by its id (default), or refuse with an error. */
    bodyConsumed?: 'refetch' | 'refuse'
    /**
     * `inline` (default): an event is applied before it is answered, so that all is right without a worker. `queued`: it
     * is answered as soon as it is stored, and `billing.worker` applies it.
     */
    mode?: 'inline' | 'queued'
  }
  logger?: Logger
  clock?: Clock
  /** Who is written to about what happened, and how. Without it nobody is. */
  notifications?: {
    /** Who brings the messages: `mailNotifier({ … })`. */
    notifier: Notifier
    /** Those who answer for an account. Without it that is the e-mail that `identify` gave. */
    recipients?: FindRecipients
    /** The addresses of those who run this app: they hear of disputes and of what was given up. */
    operators?: readonly string[]
  }
}

const callable = <Function_>(what: string) =>
  z.custom<Function_>((value) => typeof value === 'function', { error: what })

const made = <Made>(key: string, what: string) =>
  z.custom<Made>((value) => typeof value === 'object' && value !== null && key in value, { error: what })

const httpOrigin = z
  .url({ protocol: /^https?$/, error: 'is no origin such as https://app.example.com' })
  .transform((url) => new URL(url).origin)

const schema = z.strictObject({
  provider: made<PaymentProvider>(
    'verifyWebhook',
    'is missing: pass stripeProvider({ secretKey, publishableKey, webhookSecrets })',
  ),
  store: made<BillingStore>(
    'ledger',
    'is missing: pass mongoStore({ connection: mongoose.connection }), or memoryStore() in tests',
  ),
  catalog: made<Catalog>('plans', 'is missing: pass what defineCatalog({ … }) gives'),
  identify: callable<BillingOptions['identify']>(
    'is missing: pass a function from a request to { accountId, … } or null',
  ),
  authorizeService: callable<NonNullable<BillingOptions['authorizeService']>>('must be a function').optional(),
  evidence: callable<NonNullable<BillingOptions['evidence']>>('must be a function').optional(),
  trustedOrigins: z.array(httpOrigin).min(1, 'names no origin: list the site that people come back to').optional(),
  defaultReturnPath: z.string().startsWith('/', 'must begin with a slash').default('/'),
  graceDays: z.int().min(0).max(90).default(14),
  credits: z
    .strictObject({
      overdraft: z.int().min(0).default(0),
      shortfall: z.enum(['debt', 'other_grants', 'write_off']).default('debt'),
      lowAt: z.union([z.int().min(1), z.record(z.string(), z.int().min(1))]).optional(),
    })
    .prefault({}),
  locale: z.string().refine(isLocale, 'is no language tag such as en-US').default('en-US'),
  source: z.string().min(1).max(100).default('app'),
  rateLimit: z
    .union([z.literal(false), z.strictObject({ windowSeconds: z.int().min(1), limit: z.int().min(1) })])
    .default({ windowSeconds: 60, limit: 20 }),
  webhooks: z
    .strictObject({
      bodyConsumed: z.enum(['refetch', 'refuse']).default('refetch'),
      mode: z.enum(['inline', 'queued']).default('inline'),
    })
    .prefault({}),
  logger: made<Logger>('info', 'must have info, warn and error, as pino has').optional(),
  clock: made<Clock>('now', 'must have now and after').optional(),
  notifications: z
    .strictObject({
      notifier: made<Notifier>('send', 'is missing: pass mailNotifier({ transport, from })'),
      recipients: callable<FindRecipients>('must be a function').optional(),
      operators: z.array(z.email('is no e-mail address')).default([]),
    })
    .optional(),
})

function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}

export type ParsedOptions = z.output<typeof schema> & { trustedOrigins: readonly string[] }

/**
 * The host's options with their defaults, or one error that names everything that is wrong with them.
 *
 * @throws BillingError `misconfigured`
 */
export const parseOptions = (options: object, production: boolean): ParsedOptions => {
  const parsed = schema.safeParse(options)
  if (!parsed.success)
    throw misconfigured(parsed.error.issues.map((issue) => `${issue.path.join('.') || 'options'} ${issue.message}`))
  const trustedOrigins = parsed.data.trustedOrigins ?? (production ? [] : ['http://localhost:3000'])
  const problems = [
    ...originProblems(trustedOrigins, parsed.data.provider.mode),
    ...catalogProblems(parsed.data.catalog),
    ...unitProblems(parsed.data.catalog, parsed.data.credits.lowAt),
  ]
  if (problems.length > 0) throw misconfigured(problems)
  return { ...parsed.data, trustedOrigins }
}

const misconfigured = (problems: readonly string[]) =>
  new BillingError(
    'misconfigured',
    `createBilling cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
  )

const originProblems = (origins: readonly string[], mode: 'test' | 'live'): readonly string[] => {
  if (origins.length === 0) return ['trustedOrigins is missing: in production name the site that people come back to']
  const plain = mode === 'live' ? origins.filter((origin) => origin.startsWith('http:')) : []
  return plain.map((origin) => `trustedOrigins has ${origin}: live payments need https`)
}

const unitProblems = (catalog: Catalog, lowAt: number | Record<string, number> = {}): readonly string[] => {
  const unknown =
    typeof lowAt === 'number' ? [] : Object.keys(lowAt).filter((unit) => !Object.hasOwn(catalog.units, unit))
  return unknown.map((unit) => `credits.lowAt names ${unit}, which is no unit of the catalog`)
}

const catalogProblems = (catalog: Catalog): readonly string[] => {
  if (Object.hasOwn(catalog.plans, catalog.freePlan)) return []
  return [`catalog has no plan ${catalog.freePlan}, which freePlan names`]
}
