import { StripeFailure } from '../domain/failure.ts'
import type { KnownOperation } from '../spec/operations.ts'
import type { Accounts, World } from '../world.ts'

export interface Keys {
  readonly secretKey: string
  readonly publishableKey: string
}

/** What a browser may call with the publishable key. */
const browserRoutes = new Set([
  'GET /v1/payment_intents/{id}',
  'POST /v1/payment_intents/{id}/confirm',
  'GET /v1/setup_intents/{id}',
  'POST /v1/setup_intents/{id}/confirm',
  'POST /v1/payment_methods',
  'POST /v1/confirmation_tokens',
])

const unauthorized = (message: string, code?: string): StripeFailure =>
  new StripeFailure(401, { type: 'invalid_request_error', message, ...(code === undefined ? {} : { code }) })

/** The key of an `Authorization` header: bearer, or the user name of basic. */
const keyOf = (header: string | undefined): string | undefined => {
  const [scheme, value] = (header ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer') return value
  if (scheme?.toLowerCase() !== 'basic') return undefined
  return Buffer.from(value ?? '', 'base64')
    .toString('utf8')
    .split(':')[0]
}

const masked = (key: string): string => `${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`

export type Role = 'secret' | 'publishable'

/** Whose key it is; a wrong one is refused as Stripe refuses it. */
export const authenticate = (keys: Keys, header: string | undefined): Role => {
  const key = keyOf(header)
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  if (key === keys.secretKey) return 'secret'
  if (key === keys.publishableKey) return 'publishable'
  throw unauthorized(`Invalid API Key provided: ${masked(key)}`)
}

/** Of an account that is not connected nothing is said, not even whether there is one. */
export const noAccess = (key: string | undefined, account: string): StripeFailure =>
  new StripeFailure(403, {
    type: 'invalid_request_error',
    code: 'account_invalid',
    message: `The provided key '${masked(key ?? '')}' does not have access to account '${account}' (or that account does not exist). Application access may have been revoked.`,
  })

export interface ActingFor {
  readonly authorization: string | undefined
  /** The `Stripe-Account` header. */
  readonly account: string | undefined
}

/** The world that a request acts in: the platform's own, or that of a connected account. */
export const worldFor = (accounts: Accounts, { authorization, account }: ActingFor): World => {
  const { platform } = accounts
  if (!account || account === platform.account) return platform
  const world = accounts.connected(account)
  if (!world) throw noAccess(keyOf(authorization), account)
  return world
}

export const authorize = (role: Role, operation: KnownOperation): void => {
  if (role === 'secret' || browserRoutes.has(operation.key)) return
  throw unauthorized(
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    'secret_key_required',
  )
}
