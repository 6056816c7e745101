import type { Logger } from '../ports/logger.ts'
import type { PaymentProvider } from '../ports/provider.ts'
import { misconfigured } from './misconfigured.ts'
import { toWebhookSecrets, type WebhookSecrets, type WebhookSecretsOption } from './webhook-secrets.ts'

/**
 * How to reach Stripe and how its pages behave.
 *
 * @example
 * stripeProvider({ secretKey: 'sk_test_…', publishableKey: 'pk_test_…', webhookSecrets: ['whsec_…'] })
 */
export type StripeProviderOptions = {
  /** `sk_…`, or a restricted `rk_…`. */
  secretKey: string
  /** `pk_…`, for the browser. */
  publishableKey: string
  /**
   * The `whsec_…` of the webhook endpoint; several while one is being replaced. Where there is an endpoint for connected
   * accounts too, `{ account, connect }`: an event is refused unless the endpoint of its kind has signed it, and those of
   * connected accounts change nothing here, but the ones of `accountId`. `stripe listen` has one secret for both.
   */
  webhookSecrets: WebhookSecretsOption
  /** Another address of the Stripe API: `http://localhost:12111`. */
  apiBase?: string
  /** A connected account (`acct_…`) to act for. */
  accountId?: string
  /** Stripe computes and adds taxes at checkout. Off by default. */
  tax?: boolean
  /** Buyers may type promotion codes at checkout. On by default. */
  promotionCodes?: boolean
  /** Checkout asks companies for their tax id. On where `tax` is. */
  taxIdCollection?: boolean
  /** Hears of every request, with Stripe's request id. By default the log of the billing that uses it. */
  logger?: Logger
}

export type StripeSettings = {
  secretKey: string
  publishableKey: string
  webhookSecrets: WebhookSecrets
  mode: PaymentProvider['mode']
  address: { host: string; port: string; protocol: 'http' | 'https' } | null
  accountId: string | null
  tax: boolean
  promotionCodes: boolean
  taxIdCollection: boolean
}

/**
 * What is wrong is said before the first request, with what to do about it and without repeating the secret.
 *
 * @throws BillingError `misconfigured`
 */
export const toSettings = (options: StripeProviderOptions): StripeSettings => {
  const mode = modeOf(options.secretKey, secretKeyForm)
  if (modeOf(options.publishableKey, publishableKeyForm) !== mode) {
    throw misconfigured(
      `secretKey is a ${mode} key and publishableKey is not: the browser would pay where the server doesn't look. ` +
        'Take both from the same page of the Stripe Dashboard.',
    )
  }
  const accountId = checkAccount(options.accountId)
  return {
    secretKey: options.secretKey.trim(),
    publishableKey: options.publishableKey.trim(),
    webhookSecrets: toWebhookSecrets(options.webhookSecrets, accountId),
    mode,
    address: options.apiBase === undefined ? null : toAddress(options.apiBase, mode),
    accountId,
    tax: options.tax ?? false,
    promotionCodes: options.promotionCodes ?? true,
    taxIdCollection: options.taxIdCollection ?? options.tax ?? false,
  }
}

type KeyForm = { option: string; pattern: RegExp; looksLike: string }

const secretKeyForm: KeyForm = {
  option: 'secretKey',
  pattern: /^(?:sk|rk)_(test|live)_\w+$/,
  looksLike: 'sk_test_…, sk_live_… or a restricted rk_…',
}

const publishableKeyForm: KeyForm = {
  option: 'publishableKey',
  pattern: /^pk_(test|live)_\w+$/,
  looksLike: 'pk_test_… or pk_live_…',
}

const modeOf = (key: string | undefined, form: KeyForm): 'test' | 'live' => {
  const mode = form.pattern.exec(key?.trim() ?? '')?.[1]
  if (mode === 'test' || mode === 'live') return mode
  throw misconfigured(
    `${form.option} ${describe(key)}; it looks like ${form.looksLike}. ` +
      'Find it in the Stripe Dashboard under Developers → API keys.',
  )
}

const describe = (key: string | undefined): string => {
  const kind = /^(sk|rk|pk|whsec)_/.exec(key?.trim() ?? '')?.[1]
  if (!key?.trim()) return 'is missing'
  return kind ? `has the form of another key or a broken one (it begins with ${kind}_)` : 'is not a Stripe key'
}

const toAddress = (apiBase: string, mode: 'test' | 'live'): NonNullable<StripeSettings['address']> => {
  const url = URL.canParse(apiBase) ? new URL(apiBase) : null
  const protocol = url?.protocol === 'http:' ? 'http' : 'https'
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/') {
    throw misconfigured('apiBase must be an http or https address without a path, like http://localhost:12111.')
  }
  if (mode === 'live' && protocol === 'http') {
    throw misconfigured(
      'apiBase is plain http and the key is live: it would cross the network in the clear. Use https.',
    )
  }
  return { host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443'), protocol }
}

const checkAccount = (accountId: string | undefined): string | null => {
  if (accountId === undefined) return null
  if (/^acct_\w+$/.test(accountId)) return accountId
  throw misconfigured('accountId must be the id of a connected account, acct_….')
}
