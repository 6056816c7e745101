import { invalidRequest } from '../../domain/failure.ts'
import type { ConnectedAccount } from '../../domain/objects/connect.ts'
import { createAccountLink, type LinkInput } from '../../flows/connect/account-links.ts'
import {
  type AccountInput,
  createConnectedAccount,
  disconnect,
  updateConnectedAccount,
} from '../../flows/connect/accounts.ts'
import { ownAccount } from '../../flows/connect/own-account.ts'
import { noAccess } from '../authenticate.ts'
import { isWithin, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

/** A connected account, or one's own: of any other nothing is known, not even whether it is there. */
const needAccount = (call: Call): ConnectedAccount => {
  const { world } = call
  const id = idOf(call)
  const found = world.account === id ? ownAccount(world) : world.store.get('account', id)
  if (!found || found.deleted === true) throw noAccess(call.key, id)
  return found
}

const refuseOwn = (call: Call): void => {
  if (call.world.account !== idOf(call)) return
  throw invalidRequest('You cannot perform this action on your own account: use the Dashboard.', { status: 403 })
}

const told = [
  'business_profile.mcc',
  'business_profile.name',
  'business_profile.product_description',
  'business_profile.support_email',
  'business_profile.support_phone',
  'business_profile.support_url',
  'business_profile.url',
  'business_type',
  'capabilities',
  'default_currency',
  'email',
  'metadata',
  'tos_acceptance.date',
  'tos_acceptance.ip',
  'tos_acceptance.user_agent',
] as const

export const accountRoutes: Routes = {
  'GET /v1/account': route([], ({ world }) => ownAccount(world)),
  'POST /v1/account_links': route<LinkInput>(['account', 'refresh_url', 'return_url', 'type'], (call, input) =>
    createAccountLink(call.world, input),
  ),
  'POST /v1/accounts': route<AccountInput>([...told, 'controller', 'country', 'type'], ({ world }, input) =>
    createConnectedAccount(world, input),
  ),
  'GET /v1/accounts/{id}': route([], needAccount),
  'POST /v1/accounts/{id}': route<AccountInput>(told, (call, input) => {
    refuseOwn(call)
    return updateConnectedAccount(call.world, needAccount(call), input)
  }),
  'DELETE /v1/accounts/{id}': route([], (call) => {
    refuseOwn(call)
    const account = needAccount(call)
    disconnect(call.world, account)
    return { id: account.id, object: 'account', deleted: true }
  }),
  'GET /v1/accounts': route<{ created?: RangeInput }>([...pageParams, 'created'], (call, { created }) =>
    newestFirst(
      call,
      call.world.store.all('account').filter((account) => isWithin(account.created, created)),
    ),
  ),
}
