import { defineCatalog } from '../../src/domain/define-catalog.ts'

/** What the journeys' host sells. */
export const catalog = defineCatalog({
  currency: 'usd',
  freeUses: 3,
  freePlan: 'free',
  plans: {
    free: { name: 'Free', limits: { workspaces: 1 } },
    starter: { name: 'Starter', month: 2900, year: 29000, features: ['history'], limits: { workspaces: 3 } },
    growth: {
      name: 'Growth',
      month: 7900,
      year: 79000,
      everythingIn: 'starter',
      features: ['sso'],
      limits: { workspaces: null },
    },
  },
  packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
})
