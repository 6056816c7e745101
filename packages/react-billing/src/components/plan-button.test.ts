import type { PlanAction } from '@paywright/contract'
import { describe, expect, it } from 'vitest'
import { createTranslate } from '../lib/messages.ts'
import { en } from '../messages/en.ts'
import { fakePlan } from '../testing.ts'
import { billedInterval, planButton, shownPrice } from './plan-button.ts'
import { buttonLabel, largestSaving, priceText } from './plan-text.ts'

const t = createTranslate(en, 'en')

const buttonOf = (action: PlanAction | null, interval: 'month' | 'year' = 'month') => {
  const actions = action ? { month: action, year: action } : {}
  const plan = fakePlan({ id: 'growth', monthly: 7900, yearly: 79000, trialDays: 14, actions })
  const price = shownPrice(plan, interval)
  const button = planButton({ plan, price, returnPath: '/account' })
  return { ...button, label: buttonLabel(t, button.action, [plan, price]) }
}

const toCheckout = { to: 'checkout', request: { planId: 'growth', interval: 'month', returnPath: '/account' } }
const toPortal = { to: 'portal', request: { returnPath: '/account' } }
const toUpdate = { to: 'portal', request: { returnPath: '/account', flow: 'subscription_update' } }

describe('a plan’s button', () => {
  it.each([
    ['subscribe', 'Subscribe to Growth', toCheckout],
    ['start_trial', 'Start 14-day trial of Growth', toCheckout],
    ['upgrade', 'Switch to Growth', toUpdate],
    ['downgrade', 'Switch to Growth', toUpdate],
    ['switch_interval', 'Switch to monthly billing', toUpdate],
    ['current', 'Your plan', 'nowhere'],
    ['resume', 'Keep Growth', toPortal],
    ['finish_payment', 'Finish payment for Growth', toPortal],
    ['contact', 'Ask about Growth', 'host'],
  ] as const)('for %s says “%s” and leads to %o', (action, label, leads) => {
    expect(buttonOf(action)).toEqual({ action, label, leads })
  })

  it('names the period that it switches to', () => {
    expect(buttonOf('switch_interval', 'year').label).toBe('Switch to yearly billing')
  })

  it('offers a visitor the trial where there is one', () => {
    expect(buttonOf(null).action).toBe('start_trial')
    const plan = fakePlan({ id: 'starter' })
    expect(planButton({ plan, price: plan.prices.month }).action).toBe('subscribe')
  })

  it('leads from a paid plan to the free one by cancelling', () => {
    const plan = fakePlan({ id: 'free', monthly: null, action: 'downgrade' })
    expect(planButton({ plan, price: null }).leads).toEqual({ to: 'portal', request: { flow: 'subscription_cancel' } })
  })

  it('leads a visitor to the host for a plan without a price', () => {
    const plan = fakePlan({ id: 'free', monthly: null })
    expect(planButton({ plan, price: null })).toEqual({ action: 'subscribe', leads: 'host' })
    expect(buttonLabel(t, 'subscribe', [plan, null])).toBe('Start with Free')
  })
})

describe('a plan’s price', () => {
  const plan = fakePlan({ id: 'growth', monthly: 7900, yearly: 79000 })

  it('says what a month costs, and what will be billed', () => {
    expect(priceText(t, plan, plan.prices.month)).toEqual({
      amount: '$79',
      per: 'per month',
      billing: 'Billed monthly',
    })
    expect(priceText(t, plan, plan.prices.year)).toEqual({
      amount: '$65.83',
      per: 'per month',
      billing: 'Billed $790 yearly, you save $158',
    })
  })

  it('of the only period there is, is shown for both', () => {
    const yearly = fakePlan({ id: 'growth', monthly: null, yearly: 79000 })
    expect(shownPrice(yearly, 'month')).toBe(yearly.prices.year)
  })

  it('saves at most what the largest saving is', () => {
    expect(largestSaving([plan, fakePlan({ id: 'enterprise', monthly: 19900, yearly: 199000 })])).toBe('$398')
    expect(largestSaving([fakePlan({ id: 'starter' })])).toBeNull()
  })
})

describe('the period shown first', () => {
  const planWith = (month: PlanAction, year: PlanAction) =>
    fakePlan({ id: 'growth', monthly: 7900, yearly: 79000, actions: { month, year } })

  it.each([
    ['switch_interval', 'current', 'year'],
    ['switch_interval', 'resume', 'year'],
    ['switch_interval', 'finish_payment', 'year'],
    ['current', 'switch_interval', 'month'],
    ['subscribe', 'subscribe', 'month'],
  ] as const)('with %s by the month and %s by the year is the %s', (month, year, interval) => {
    expect(billedInterval([planWith('upgrade', 'upgrade'), planWith(month, year)])).toBe(interval)
  })
})
