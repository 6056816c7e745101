import type { Plan, PlanAction, PlanPrice } from '@paywright/contract'
import type { Translate } from '../lib/messages.ts'
import { priceTag } from '../lib/price-tag.ts'

/** A verb and its object: "Switch to Growth". */
export const buttonLabel = (t: Translate, action: PlanAction, [plan, price]: [Plan, PlanPrice | null]): string => {
  const values = { plan: plan.name, count: plan.trialDays }
  if (action === 'switch_interval' && price?.interval === 'year') return t('switchToYear')
  return action === 'subscribe' && price === null ? t('startWith', values) : t(`action_${action}`, values)
}

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
