import type { Plan, PlanAction, PlanPrice } from '@paywright/contract'
import type { Translate } from '../lib/messages.ts'
import { priceTag } from '../lib/price-tag.ts'

type Label = (t: Translate, plan: Plan, price: PlanPrice | null) => string

const labels: Record<PlanAction, Label> = {
  subscribe: (t, { name: plan }, price) => t(price === null ? 'startWith' : 'subscribe', { plan }),
  start_trial: (t, { name: plan, trialDays: count }) => t('startTrial', { plan, count }),
  upgrade: (t, { name: plan }) => t('upgrade', { plan }),
  downgrade: (t, { name: plan }) => t('downgrade', { plan }),
  switch_interval: (t, _, price) => t(price?.interval === 'year' ? 'switchToYear' : 'switchToMonth'),
  current: (t) => t('currentPlan'),
  resume: (t, { name: plan }) => t('resume', { plan }),
  finish_payment: (t, { name: plan }) => t('finishPayment', { plan }),
  contact: (t, { name: plan }) => t('contact', { plan }),
}

/** A verb and its object: "Switch to Growth". */
export const buttonLabel = (t: Translate, action: PlanAction, [plan, price]: [Plan, PlanPrice | null]): string =>
  labels[action](t, plan, price)

export type PriceText = { amount: string; per: string; billing: string }

/** The price in large, what it is per, and what will be billed when. */
export const priceText = (t: Translate, plan: Plan, price: PlanPrice | null): PriceText => {
  if (price === null) return withoutPrice(t, plan)
  return { amount: priceTag(price.perMonth), per: t('perMonth'), billing: billingText(t, plan, price) }
}

const withoutPrice = (t: Translate, { action }: Plan): PriceText =>
  action === 'contact'
    ? { amount: t('custom'), per: '', billing: t('byAgreement') }
    : { amount: t('free'), per: '', billing: t('noCard') }

const billingText = (t: Translate, { prices }: Plan, { interval, price, saving }: PlanPrice): string => {
  if (interval === 'month') return t(prices.year === null ? 'onlyMonthly' : 'billedMonthly')
  const amount = priceTag(price)
  return saving ? t('billedYearlySaving', { amount, saving: priceTag(saving) }) : t('billedYearly', { amount })
}

/** Whether there is a period to choose. */
export const hasBothPeriods = (plans: readonly Plan[]): boolean =>
  plans.some(({ prices }) => prices.month !== null && prices.year !== null)

/** What a year saves at most, as the server wrote it; null when it saves nothing. */
export const largestSaving = (plans: readonly Plan[]): string | null => {
  const savings = plans.flatMap(({ prices }) => prices.year?.saving ?? [])
  const [largest] = savings.sort((a, b) => b.amountMinor - a.amountMinor)
  return largest ? priceTag(largest) : null
}
