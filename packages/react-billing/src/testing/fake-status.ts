import type { Credits, GrantKind, Status, Subscription } from '@paywright/contract'
import { fakeMoney } from './fake-money.ts'

type FakeCredits = Partial<Credits> & {
  /** What the grants held at first, by kind; default what they hold now. */ granted?: Partial<
    Record<GrantKind, number>
  >
}

/** Credits by kind; `available`, the grants and the rest follow. */
export const fakeCredits = ({ granted = {}, ...credits }: FakeCredits = {}): Credits => {
  const kinds = { free: 0, promotional: 0, plan: 0, paid: 0, ...credits }
  const left = (['free', 'promotional', 'plan', 'paid'] as const).map((kind) => ({ kind, remaining: kinds[kind] }))
  const grants = left.map((grant) => ({ ...grant, amount: granted[grant.kind] ?? grant.remaining, expiresAt: null }))
  const debt = credits.debt ?? 0
  return {
    unit: 'uses',
    scale: 1,
    available: left.reduce((sum, { remaining }) => sum + remaining, 0) - debt,
    ...kinds,
    held: 0,
    frozen: 0,
    debt,
    totalUses: 0,
    grants: grants.filter(({ remaining }) => remaining > 0),
    nextExpiryAt: null,
    ...credits,
  }
}

/** Growth, yearly, in good standing. */
export const fakeSubscription = (subscription: Partial<Subscription> = {}): Subscription => ({
  providerSubscriptionId: 'sub_fake',
  planId: 'growth',
  planName: 'Growth',
  status: 'active',
  hasAccess: true,
  interval: 'year',
  quantity: 1,
  price: fakeMoney(79000),
  startedAt: '2026-11-21T09:00:00.000Z',
  currentPeriodEndsAt: '2027-11-21T09:00:00.000Z',
  nextBillingAt: '2027-11-21T09:00:00.000Z',
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  trialEndsAt: null,
  collectionPaused: false,
  ...subscription,
})

/** An account on the free plan with its three free uses. */
export const fakeStatus = (status: Partial<Status> = {}): Status => ({
  accountId: 'acct_fake',
  plan: { id: 'free', name: 'Free' },
  subscription: null,
  entitlements: { features: [], limits: {} },
  credits: fakeCredits({ free: 3 }),
  due: null,
  checkout: null,
  asOf: '2026-11-21T09:00:00.000Z',
  ...status,
})
