import { StripeFailure } from '../domain/failure.ts'
import type { MeterEventSession } from '../domain/objects/billing.ts'
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
  'GET /v1/payment_pages/{id}',
  'POST /v1/payment_pages/{id}',
  'POST /v1/payment_pages/{id}/confirm',
  'GET /v1/elements/payment_methods',
  'POST /v1/elements/payment_methods/{id}/detach',
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

export type Role = 'publishable' | 'secret' | 'session'

/** Where usage is streamed to, with the key of a session and with no other. */
const streamRoute = 'POST /v2/billing/meter_event_stream'

const refuseExpired = (session: MeterEventSession, now: number): void => {
  if (session.$expiresAt > now) return
  throw new StripeFailure(401, {
    type: 'temporary_session_expired',
    code: 'billing_meter_event_session_expired',
    message: 'The temporary session token has expired.',
  })
}

const sessionOf = (world: World, key: string | undefined): MeterEventSession | undefined =>
  world.store.all('v2.billing.meter_event_session').find(({ authentication_token }) => authentication_token === key)

export interface Authentication {
  readonly keys: Keys
  readonly accounts: Accounts
}

/** Whose key it is; a wrong one is refused as Stripe refuses it. */
export const authenticate = ({ keys, accounts }: Authentication, header: string | undefined): Role => {
  const key = keyOf(header)
  if (!key) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    )
  }
  if (key === keys.secretKey) return 'secret'
  if (key === keys.publishableKey) return 'publishable'
  const session = accounts.all().flatMap((world) => sessionOf(world, key) ?? [])[0]
  if (!session) throw unauthorized(`Invalid API Key provided: ${masked(key)}`)
  refuseExpired(session, accounts.platform.now())
  return 'session'
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

/** The world that a request acts in: the platform's own, that of a connected account, or that of a session. */
export const worldFor = (accounts: Accounts, { authorization, account }: ActingFor): World => {
  const { platform } = accounts
  const key = keyOf(authorization)
  if (!account) return accounts.all().find((world) => sessionOf(world, key)) ?? platform
  if (account === platform.account) return platform
  const world = accounts.connected(account)
  if (!world) throw noAccess(key, account)
  return world
}

export const authorize = (role: Role, operation: KnownOperation): void => {
  if ((operation.key === streamRoute) !== (role === 'session')) {
    throw unauthorized(`This API call cannot be made with ${role === 'session' ? 'a session token' : 'an API key'}.`)
  }
  if (role !== 'publishable' || browserRoutes.has(operation.key)) return
  throw unauthorized(
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
    'secret_key_required',
  )
}
