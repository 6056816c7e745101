import { describe, expect, test } from 'vitest'
import { defineCatalog } from './define-catalog.ts'
import { planAction } from './plan-action.ts'
import type { Subscription } from './subscription.ts'

const { plans } = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    starter: { name: 'Starter', month: 2900, year: 29000, trialDays: 14 },
    growth: { name: 'Growth', month: 7900, year: 79000 },
    custom: { name: 'Custom', contactUrl: '/contact' },
  },
  packs: {},
})

const on = (planId: string, more: Partial<Subscription> = {}): Subscription => ({
  providerSubscriptionId: 'sub_1',
  providerCustomerId: 'cus_1',
  accountRef: 'ref',
  status: 'active',
  currency: 'usd',
  items: [],
  startedAt: new Date(0),
  currentPeriodStartedAt: null,
  currentPeriodEndsAt: null,
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  endReason: null,
  trialEndsAt: null,
  collectionPaused: false,
  openInvoice: null,
  planId,
  group: 'default',
  interval: 'month',
  ...more,
})

const visitor = { interval: 'month', subscription: null, currentPlan: plans.free, trialUsed: false } as const
const openInvoice = { providerInvoiceId: 'in_1', amountDueMinor: 2900, currency: 'usd', url: null }

describe('the button of a plan', () => {
  test.each([
    ['subscribes an account without a subscription', { ...visitor, plan: plans.growth }, 'subscribe'],
    ['starts a trial when the plan has one', { ...visitor, plan: plans.starter }, 'start_trial'],
    ['subscribes when the trial was used', { ...visitor, plan: plans.starter, trialUsed: true }, 'subscribe'],
    ['says that free is the current plan', { ...visitor, plan: plans.free, interval: null }, 'current'],
    [
      'leads to the host for a plan that is not sold online',
      { ...visitor, plan: plans.custom, interval: null },
      'contact',
    ],
    [
      'subscribes anew after the end',
      { ...visitor, plan: plans.growth, subscription: on('growth', { status: 'canceled' }), trialUsed: true },
      'subscribe',
    ],
    [
      'upgrades to a dearer plan',
      { ...visitor, plan: plans.growth, subscription: on('starter'), currentPlan: plans.starter },
      'upgrade',
    ],
    [
      'downgrades to a cheaper plan',
      { ...visitor, plan: plans.starter, subscription: on('growth'), currentPlan: plans.growth },
      'downgrade',
    ],
    [
      'downgrades to free',
      { ...visitor, plan: plans.free, interval: null, subscription: on('growth'), currentPlan: plans.growth },
      'downgrade',
    ],
    [
      'switches the interval of the current plan',
      { ...visitor, interval: 'year', plan: plans.growth, subscription: on('growth'), currentPlan: plans.growth },
      'switch_interval',
    ],
    [
      'says which plan is current',
      { ...visitor, plan: plans.growth, subscription: on('growth'), currentPlan: plans.growth },
      'current',
    ],
    [
      'resumes a plan that is about to end',
      {
        ...visitor,
        plan: plans.growth,
        subscription: on('growth', { cancelAt: new Date(1) }),
        currentPlan: plans.growth,
      },
      'resume',
    ],
    [
      'pays what is open on a plan that is past due',
      {
        ...visitor,
        plan: plans.growth,
        subscription: on('growth', { status: 'past_due', openInvoice }),
        currentPlan: plans.growth,
      },
      'finish_payment',
    ],
  ] as const)('%s', (_, input, action) => {
    expect(planAction(input)).toBe(action)
  })
})
