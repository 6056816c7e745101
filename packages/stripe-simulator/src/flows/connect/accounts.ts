import {
  assessed,
  type Controller,
  controllerOf,
  emptyProfile,
  nothingRequired,
  settingsOf,
} from '../../domain/connected-account.ts'
import { previousAttributes } from '../../domain/difference.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Application, ConnectedAccount } from '../../domain/objects/connect.ts'
import { applicationOf, isPlatform, type World } from '../../world.ts'

type Capabilities = Readonly<Record<string, { readonly requested?: boolean }>>

export interface AccountInput {
  readonly business_profile?: Readonly<Record<string, unknown>>
  readonly business_type?: string
  readonly capabilities?: Capabilities
  readonly controller?: Controller
  readonly country?: string
  readonly default_currency?: string
  readonly email?: string
  readonly metadata?: MetadataInput
  readonly tos_acceptance?: Readonly<Record<string, unknown>>
  readonly type?: 'custom' | 'express' | 'standard'
}

const currencies: Readonly<Record<string, string>> = { CA: 'cad', CH: 'chf', GB: 'gbp', US: 'usd' }

const requestedBy = (old: readonly string[], given: Capabilities = {}): string[] => {
  const named = Object.keys(given)
  return [...old.filter((name) => !named.includes(name)), ...named.filter((name) => given[name]?.requested === true)]
}

const usual = ['card_payments', 'transfers']

const refuseBoth = ({ type, controller }: AccountInput): void => {
  if (type === undefined || controller === undefined) return
  throw invalidRequest(
    'You may not provide the `type` parameter and `controller` parameters simultaneously. They cover the same concepts.',
    { param: 'type' },
  )
}

/** Where Stripe shows the account no Dashboard, the platform says what it can do. */
const refuseIncapable = (dashboard: string | undefined, { capabilities }: AccountInput): void => {
  if (dashboard !== 'none' || capabilities !== undefined) return
  throw invalidRequest('Missing required param: capabilities.', { code: 'parameter_missing', param: 'capabilities' })
}

export const refuseUnlessPlatform = (world: World): void => {
  if (isPlatform(world)) return
  throw invalidRequest(
    "You can only create new accounts if you've signed up for Connect, which you can do at https://dashboard.stripe.com/connect.",
  )
}

const noAcceptance = { date: null, ip: null, user_agent: null }

const profileOf = (account: Partial<ConnectedAccount>, input: AccountInput) => {
  const known = account.business_profile ?? emptyProfile
  const business_profile = { ...known, ...input.business_profile }
  return { business_profile, settings: settingsOf(business_profile.name) }
}

const describe = (account: Partial<ConnectedAccount>, input: AccountInput): Partial<ConnectedAccount> => ({
  ...profileOf(account, input),
  business_type: input.business_type ?? account.business_type ?? null,
  email: input.email ?? account.email ?? null,
  tos_acceptance: { ...noAcceptance, ...(account.tos_acceptance as object), ...input.tos_acceptance },
})

const introduce = (world: World): void => {
  const id = applicationOf(world)
  const application: Application = { id, object: 'application', name: 'Simulated account' }
  if (!world.store.get('application', id)) world.store.put(application)
}

const typeOf = ({ type, controller }: AccountInput): ConnectedAccount['type'] =>
  controller === undefined ? (type ?? 'standard') : 'none'

/** An account of somebody else's, connected to the platform. It can do nothing before it is onboarded. */
export const createConnectedAccount = (world: World, input: AccountInput): ConnectedAccount => {
  refuseUnlessPlatform(world)
  refuseBoth(input)
  const type = typeOf(input)
  const controller = controllerOf(type, input.controller)
  refuseIncapable(controller.stripe_dashboard.type, input)
  introduce(world)
  const id = world.ids.next('account')
  const country = input.country ?? 'US'
  const facts = {
    id,
    object: 'account',
    ...describe({}, input),
    controller,
    country,
    created: world.now(),
    default_currency: input.default_currency ?? currencies[country] ?? 'eur',
    external_accounts: { object: 'list', data: [], has_more: false, url: `/v1/accounts/${id}/external_accounts` },
    future_requirements: nothingRequired,
    metadata: mergeMetadata({}, input.metadata),
    type,
    $requested: input.capabilities === undefined ? usual : requestedBy([], input.capabilities),
    $onboarded: false,
    $demanded: [],
  } as unknown as ConnectedAccount
  const account = assessed(facts)
  world.accounts.open(id)
  world.store.put(account)
  return account
}

/** Changes an account, and tells those who listen to connected accounts. */
const changeAccount = (
  world: World,
  account: ConnectedAccount,
  changes: Partial<ConnectedAccount>,
): ConnectedAccount => {
  const changed = assessed({ ...account, ...changes } as ConnectedAccount)
  const { platform, connected } = world.accounts
  platform.store.put(changed)
  const previous = previousAttributes(account, changed)
  if (previous) connected(account.id)?.emit('account.updated', changed, previous)
  return changed
}

export const updateConnectedAccount = (world: World, account: ConnectedAccount, input: AccountInput) =>
  changeAccount(world, account, {
    ...describe(account, input),
    default_currency: input.default_currency ?? account.default_currency,
    metadata: mergeMetadata(account.metadata, input.metadata),
    $requested: requestedBy(account.$requested, input.capabilities),
  })

/** Whoever the account belongs to tells Stripe all that it asks. */
export const onboardAccount = (world: World, account: ConnectedAccount): ConnectedAccount =>
  changeAccount(world, account, {
    tos_acceptance: { ...noAcceptance, date: world.now(), ip: '127.0.0.1' },
    $onboarded: true,
    $demanded: [],
  })

/** Stripe wants to know more: until then the account can do nothing. */
export const demandOf = (world: World, account: ConnectedAccount, requirement: string): ConnectedAccount =>
  changeAccount(world, account, { $demanded: [...new Set([...account.$demanded, requirement])] })

/** The platform has no access any more. */
export const disconnect = (platform: World, account: ConnectedAccount): void =>
  platform.store.put({ ...account, deleted: true })

/** Whoever the account belongs to takes the platform's access away. */
export const deauthorize = (world: World, account: ConnectedAccount): void => {
  const { platform, connected } = world.accounts
  connected(account.id)?.emit('account.application.deauthorized', platform.need('application', applicationOf(world)))
  disconnect(platform, account)
}
