import type { NamedAccount } from '@paywright/contract'
import type { Request } from 'express'
import { type Identity, namedAccountId } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { HttpContext } from './context.ts'

/** Who may ask for a route. */
export type Asker = 'public' | 'optional-session' | 'session' | 'session-or-service' | 'service'

/** `service`: somebody who may name the account, and does so in the request. */
export type Caller = { kind: 'session'; identity: Identity | null } | { kind: 'service' }

/**
 * @throws BillingError `unauthenticated` (nobody is signed in), `forbidden` (a request that names an account, from
 * somebody who may not)
 */
export const findCaller = async (
  context: HttpContext,
  req: Request,
  { asks, named }: { asks: Asker; named: unknown },
): Promise<Caller> => {
  if (asks === 'public') return { kind: 'session', identity: null }
  if (asks === 'service' || (asks === 'session-or-service' && namesAccount(named))) {
    await authorizeService(context, req)
    return { kind: 'service' }
  }
  const identity = asks === 'optional-session' ? await identify(context, req) : await requireIdentity(context, req)
  return { kind: 'session', identity }
}

const namingFields = [
  'oauthProvider',
  'externalId',
  'customerEmail',
  'context',
] as const satisfies (keyof NamedAccount)[]

const namesAccount = (named: unknown): boolean =>
  typeof named === 'object' && named !== null && namingFields.some((field) => Object.hasOwn(named, field))

const authorizeService = async ({ authorizeService: isAuthorized }: HttpContext, req: Request): Promise<void> => {
  if (isAuthorized && (await isAuthorized(req)) === true) return
  throw new BillingError(
    'forbidden',
    'Only a service that authorizeService lets through may name an account (oauthProvider, externalId, customerEmail).',
  )
}

/** Who is signed in, or null. */
const identify = async (context: HttpContext, req: Request): Promise<Identity | null> => {
  const identity = await context.identify(req)
  if (!identity) return null
  if (typeof identity.accountId === 'string' && identity.accountId !== '') return identity
  throw new BillingError(
    'misconfigured',
    'identify() must return an accountId that is a text: use String(id) for other ids.',
  )
}

/** @throws BillingError `unauthenticated` */
export const requireIdentity = async (context: HttpContext, req: Request): Promise<Identity> => {
  const identity = await identify(context, req)
  if (identity) return identity
  throw new BillingError('unauthenticated', 'Nobody is signed in. Sign in and try again.')
}

/** The account that a service names. */
export const toIdentity = ({ oauthProvider, externalId, customerEmail }: Partial<NamedAccount>): Identity => ({
  accountId: namedAccountId(oauthProvider ?? '', externalId ?? ''),
  ...(customerEmail === undefined ? {} : { email: customerEmail }),
})
