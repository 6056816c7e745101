import { emptyProfile, nothingRequired, settingsOf } from '../../domain/connected-account.ts'
import type { ConnectedAccount } from '../../domain/objects/connect.ts'
import { isPlatform, type World } from '../../world.ts'

const firstDay = Date.UTC(2020, 0, 1) / 1000

/** The platform: an account that Stripe wants nothing from. */
const platformAccount = ({ account: id }: World): ConnectedAccount => ({
  id,
  object: 'account',
  business_profile: { ...emptyProfile, name: 'Simulated account' },
  business_type: 'company',
  capabilities: { card_payments: 'active', transfers: 'active' },
  charges_enabled: true,
  controller: { type: 'account' },
  country: 'US',
  created: firstDay,
  default_currency: 'usd',
  details_submitted: true,
  email: 'account@example.com',
  external_accounts: { object: 'list', data: [], has_more: false, url: `/v1/accounts/${id}/external_accounts` },
  future_requirements: nothingRequired,
  metadata: {},
  payouts_enabled: true,
  requirements: nothingRequired,
  settings: settingsOf('Simulated account'),
  tos_acceptance: { date: firstDay, ip: null, user_agent: null },
  type: 'standard',
  $requested: ['card_payments', 'transfers'],
  $onboarded: true,
  $demanded: [],
})

/** The account that a world is. */
export const ownAccount = (world: World): ConnectedAccount => {
  const { platform } = world.accounts
  const connected = isPlatform(world) ? undefined : platform.store.get('account', world.account)
  return connected ?? platformAccount(world)
}
