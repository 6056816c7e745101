import type { Catalog, PackDefinition } from './domain/catalog.ts'
import { BillingError } from './domain/errors.ts'
import { minimumOf } from './domain/money.ts'
import { withFirstPack, withFreeUses, withPriceId } from './domain/override-catalog.ts'
import { type Environment, readList, readOne, readWhole, requireOne } from './environment.ts'
import type { Logger } from './ports/logger.ts'
import type { PaymentProvider } from './ports/provider.ts'
import { stripeProvider } from './stripe/provider.ts'
import type { StripeProviderOptions } from './stripe/settings.ts'

export type FromEnvInput<C extends Catalog> = { catalog: C; env?: Environment; logger?: Logger }

export type FromEnv<C extends Catalog> = { provider: PaymentProvider; catalog: C; trustedOrigins: readonly string[] }

/**
 * What differs from one deployment to the next, from the environment: keys, secrets, prices, the host's own address.
 *
 * @throws BillingError `misconfigured`, naming the variable, what it is for and where to find it
 * @example
 * const billing = createBilling({ ...fromEnv({ catalog }), store, identify })
 */
export const fromEnv = <C extends Catalog>({ catalog, env = process.env, logger }: FromEnvInput<C>): FromEnv<C> => ({
  provider: toProvider(env, logger),
  catalog: overridden(catalog, env),
  trustedOrigins: [toOrigin(env)],
})

const toProvider = (env: Environment, logger: Logger | undefined): PaymentProvider => {
  const name = readOne(env, ['PAYMENT_PROVIDER'])?.value ?? 'stripe'
  if (name === 'stripe') return stripeFromEnv(env, logger)
  throw new BillingError(
    'misconfigured',
    `PAYMENT_PROVIDER is ${name}, and only stripe can be made from the environment. ` +
      'Hand another provider to createBilling({ provider }) yourself.',
  )
}

const stripeFromEnv = (env: Environment, logger: Logger | undefined): PaymentProvider => {
  const apiBase = readOne(env, ['STRIPE_API_BASE'])?.value
  const keys = 'Stripe Dashboard → Developers → API keys'
  return stripeProvider({
    secretKey: requireOne(env, {
      names: ['STRIPE_SECRET_KEY', 'STRIPE_API_KEY'],
      purpose: 'the key with which the server asks Stripe (sk_… or rk_…)',
      place: keys,
    }),
    publishableKey: requireOne(env, {
      names: ['STRIPE_PUBLISHABLE_KEY'],
      purpose: 'the key with which the browser shows the payment form (pk_…)',
      place: keys,
    }),
    webhookSecrets: secretsFromEnv(env),
    ...(apiBase === undefined ? {} : { apiBase }),
    ...(logger === undefined ? {} : { logger }),
  })
}

const secretsFromEnv = (env: Environment): StripeProviderOptions['webhookSecrets'] => {
  const place = 'Stripe Dashboard → Developers → Webhooks → your endpoint, or the output of `stripe listen`'
  const account = requireOne(env, {
    names: ['STRIPE_WEBHOOK_SECRET', 'STRIPE_BILLING_WEBHOOK_SECRET'],
    purpose: 'what proves that a webhook comes from Stripe (whsec_…, several separated by commas)',
    place,
  })
  const connect = readOne(env, ['STRIPE_CONNECT_WEBHOOK_SECRET'])?.value ?? ''
  return { account: readList(account), connect: readList(connect) }
}

const overridden = <C extends Catalog>(catalog: C, env: Environment): C => {
  const freeUses = readWhole(env, { name: 'FREE_USES_PER_ACCOUNT', purpose: 'free uses of a new account', least: 0 })
  const priced = withPrices(catalog, env)
  return withPack(freeUses === null ? priced : withFreeUses(priced, freeUses), env)
}

const withPack = <C extends Catalog>(catalog: C, env: Environment): C => {
  const credits = readWhole(env, { name: 'PAID_USES_PER_PURCHASE', purpose: 'uses in the first pack', least: 1 })
  const least = minimumOf(catalog.currency) ?? 1
  const purpose = `price of the first pack in minor units of ${catalog.currency}`
  const amountMinor = readWhole(env, { name: 'PRICE_PER_PURCHASE_MINOR', purpose, least })
  if (credits === null && amountMinor === null) return catalog
  if (Object.keys(catalog.packs).length === 0) {
    throw new BillingError(
      'misconfigured',
      'PAID_USES_PER_PURCHASE and PRICE_PER_PURCHASE_MINOR change the first pack, and the catalog has none: add one.',
    )
  }
  const terms: Partial<PackDefinition> = {
    ...(credits === null ? {} : { credits }),
    ...(amountMinor === null ? {} : { amountMinor }),
  }
  return withFirstPack(catalog, terms)
}

const priceVariable = /^STRIPE_PRICE_([A-Z0-9_]+)_(MONTHLY|YEARLY)$/

/** `STRIPE_PRICE_STARTER_MONTHLY=price_…` pins the monthly price of the plan `starter`. */
const withPrices = <C extends Catalog>(catalog: C, env: Environment): C =>
  Object.keys(env).reduce((priced, name) => {
    const [, plan = '', length] = priceVariable.exec(name) ?? []
    const value = readOne(env, [name])?.value
    if (!length || value === undefined) return priced
    const interval = length === 'MONTHLY' ? 'month' : 'year'
    const planId = Object.keys(catalog.plans).find(
      (id) => toVariable(id) === plan && catalog.plans[id]?.prices[interval],
    )
    if (!planId) throw new BillingError('misconfigured', unknownPrice(catalog, name))
    if (!/^(price|plan)_\w+$/.test(value)) throw new BillingError('misconfigured', malformedPrice(name))
    return withPriceId(priced, { planId, interval, providerPriceId: value })
  }, catalog)

const toVariable = (planId: string): string => planId.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')

const unknownPrice = (catalog: Catalog, name: string): string => {
  const known = Object.values(catalog.plans).flatMap(({ id, prices }) => [
    ...(prices.month ? [`STRIPE_PRICE_${toVariable(id)}_MONTHLY`] : []),
    ...(prices.year ? [`STRIPE_PRICE_${toVariable(id)}_YEARLY`] : []),
  ])
  return `${name} names a price that the catalog doesn't sell. It sells: ${known.join(', ') || 'no plan with a price'}.`
}

const malformedPrice = (name: string): string =>
  `${name} must be the id of a price (price_…), which the Stripe Dashboard shows on the product's page under Pricing; ` +
  'the id of a product (prod_…) is not enough.'

/** The host's own origin; on a developer's machine localhost is a good guess. */
const toOrigin = (env: Environment): string => {
  const given = readOne(env, ['APP_URL'])?.value
  if (given === undefined && env.NODE_ENV !== 'production') return 'http://localhost:3000'
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : null
  if (url && /^https?:$/.test(url.protocol)) return url.origin
  throw new BillingError(
    'misconfigured',
    `APP_URL ${given === undefined ? 'is missing' : 'is not an address'}: it is the address of your app ` +
      '(https://app.example.com), and buyers only ever return to it from checkout and portal.',
  )
}
