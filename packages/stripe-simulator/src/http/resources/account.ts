import { type Routes, route } from '../route.ts'

/** An account that Stripe wants nothing from. */
const nothingRequired = {
  alternatives: [],
  current_deadline: null,
  currently_due: [],
  disabled_reason: null,
  errors: [],
  eventually_due: [],
  past_due: [],
  pending_verification: [],
}

const firstDay = Date.UTC(2020, 0, 1) / 1000

export const accountRoutes: Routes = {
  'GET /v1/account': route([], ({ world }) => {
    const id = `acct_simulated${world.settings.seed}`
    return {
      id,
      object: 'account',
      business_profile: { name: 'Simulated account' },
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
      settings: { dashboard: { display_name: 'Simulated account', timezone: 'Etc/UTC' } },
      tos_acceptance: { date: firstDay, ip: null, user_agent: null },
      type: 'standard',
    }
  }),
}
