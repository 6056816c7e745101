import type { Interval, Pack, Plan, PlanAction, PlanPrice, PlansResponse } from '@paywright/contract'
import { fakeMoney } from './fake-money.ts'

export type FakePlan = Partial<Omit<Plan, 'prices'>> & {
  id: string
  /** In minor units; null for a plan without prices. */
  monthly?: number | null
  yearly?: number | null
  currency?: string
  locale?: string
  /** What the server decided for each period. */
  actions?: Partial<Record<Interval, PlanAction>>
}

/** A plan as `GET /plans` answers it, from the little that matters to a test. */
export const fakePlan = ({ monthly = 2900, yearly = null, actions = {}, ...plan }: FakePlan): Plan => ({
  name: plan.id.charAt(0).toUpperCase() + plan.id.slice(1),
  promise: 'What this plan is good for.',
  prices: {
    month: monthly === null ? null : fakePrice({ ...plan, interval: 'month', amount: monthly, actions }),
    year: yearly === null ? null : fakePrice({ ...plan, interval: 'year', amount: yearly, monthly, actions }),
  },
  action: null,
  features: ['One thing', 'Another thing'],
  limits: {},
  trialDays: 0,
  everythingIn: null,
  recommended: false,
  ...plan,
})

type FakePrice = Pick<FakePlan, 'monthly' | 'currency' | 'locale'> & {
  interval: Interval
  amount: number
  actions: Partial<Record<Interval, PlanAction>>
}

const fakePrice = ({ interval, amount, monthly = null, currency, locale, actions }: FakePrice): PlanPrice => {
  const saved = interval === 'year' && monthly !== null ? monthly * 12 - amount : 0
  return {
    interval,
    price: fakeMoney(amount, currency, locale),
    perMonth: fakeMoney(interval === 'year' ? Math.round(amount / 12) : amount, currency, locale),
    saving: saved > 0 ? fakeMoney(saved, currency, locale) : null,
    action: actions[interval] ?? null,
  }
}

export const fakePack = (pack: Partial<Pack> = {}): Pack => ({
  id: 'uses-20',
  name: '20 uses',
  unit: 'uses',
  scale: 1,
  usesPurchased: 20,
  price: fakeMoney(500),
  ...pack,
})

/** A catalog of three plans and one pack, as a visitor sees it. */
export const fakePlans = (plans: Partial<PlansResponse> = {}): PlansResponse => ({
  plans: [
    fakePlan({
      id: 'starter',
      promise: 'For one person getting started.',
      yearly: 29000,
      features: ['200 uses a month', 'E-mail support'],
    }),
    fakePlan({
      id: 'growth',
      promise: 'For a team that uses it every day.',
      monthly: 7900,
      yearly: 79000,
      everythingIn: 'Starter',
      recommended: true,
      features: ['1,000 uses a month', '5 workspaces', 'Priority support'],
    }),
    fakePlan({
      id: 'enterprise',
      promise: 'For a company with rules of its own.',
      monthly: 19900,
      yearly: 199000,
      everythingIn: 'Growth',
      features: ['Unlimited uses', 'Single sign-on', 'A named contact'],
    }),
  ],
  packs: [fakePack()],
  currency: 'usd',
  unit: 'uses',
  freeUses: 3,
  ...plans,
})
