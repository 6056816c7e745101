import { type Routes, route } from '../route.ts'

export const accountRoutes: Routes = {
  'GET /v1/account': route([], ({ world }) => ({
    id: `acct_simulated${world.settings.seed}`,
    object: 'account',
    business_profile: { name: 'Simulated account' },
    business_type: 'company',
    charges_enabled: true,
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: 'account@example.com',
    payouts_enabled: true,
    settings: { dashboard: { display_name: 'Simulated account', timezone: 'Etc/UTC' } },
    type: 'standard',
  })),
}
