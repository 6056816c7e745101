import { misconfigured } from './misconfigured.ts'

/** One, or several while one is being replaced. */
type Secrets = string | readonly string[]

type OfEachKind = { account?: Secrets; connect?: Secrets }

export type WebhookSecretsOption = Secrets | OfEachKind

/** Stripe has endpoints for the events of one's own account, and others for those of connected accounts. */
export type WebhookSecrets = Readonly<Record<keyof OfEachKind, readonly string[]>>

/**
 * Secrets that nobody told apart are those of the own account; where a connected account is acted for, they may be of
 * either kind.
 *
 * @throws BillingError `misconfigured`
 */
export const toWebhookSecrets = (given: WebhookSecretsOption, accountId: string | null): WebhookSecrets => {
  if (isOfEachKind(given))
    return requireKind({ account: check(given.account), connect: check(given.connect) }, accountId)
  const secrets = check(given)
  if (secrets.length === 0) throw withoutSecret()
  return { account: secrets, connect: accountId === null ? [] : secrets }
}

const isOfEachKind = (given: WebhookSecretsOption): given is OfEachKind =>
  typeof given === 'object' && !Array.isArray(given)

const check = (given: Secrets = []): readonly string[] => {
  const trimmed = (typeof given === 'string' ? [given] : given).map((secret) => secret.trim())
  if (trimmed.includes('')) throw withoutSecret()
  if (trimmed.every((secret) => /^whsec_\S+$/.test(secret))) return trimmed
  throw misconfigured(
    'webhookSecrets holds something that is not a signing secret: each begins with whsec_. ' +
      "The endpoint's own id (we_…) and API keys don't sign; reveal \"Signing secret\" on the endpoint's page.",
  )
}

const withoutSecret = () =>
  misconfigured(
    'webhookSecrets has no secret, or a blank one, so anybody could send webhooks. Give it the whsec_… of your ' +
      'endpoint: Stripe Dashboard → Developers → Webhooks, or what `stripe listen` prints.',
  )

const requireKind = (secrets: WebhookSecrets, accountId: string | null): WebhookSecrets => {
  const needed = accountId === null ? 'account' : 'connect'
  if (secrets[needed].length > 0) return secrets
  throw misconfigured(
    `webhookSecrets.${needed} is missing, and what is sold here is told of by events of ` +
      `${accountId === null ? 'your own account' : `the connected account ${accountId}`}. Give it the whsec_… of the ` +
      'endpoint that listens to them: Stripe Dashboard → Developers → Webhooks.',
  )
}
