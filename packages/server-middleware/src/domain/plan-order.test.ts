import { expect, test } from 'vitest'
import { defineCatalog } from './define-catalog.ts'
import { includesPlan } from './plan-order.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    starter: { name: 'Starter', month: 2900 },
    growth: { name: 'Growth', month: 7900 },
    custom: { name: 'Custom', contactUrl: '/contact', everythingIn: 'growth' },
    support: { name: 'Support', group: 'support', month: 99900 },
  },
  packs: {},
})

type PlanId = keyof typeof catalog.plans

test.each<[PlanId, PlanId, boolean]>([
  ['starter', 'starter', true],
  ['growth', 'starter', true],
  ['starter', 'growth', false],
  ['custom', 'growth', true],
  ['growth', 'custom', false],
  ['free', 'starter', false],
  ['starter', 'free', true],
  ['support', 'growth', false],
])('%s gives all of %s: %s', (plan, wanted, includes) => {
  expect(includesPlan(catalog, catalog.plans[plan], catalog.plans[wanted])).toBe(includes)
})
