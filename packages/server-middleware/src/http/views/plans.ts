import type { Interval, Money, Pack, Plan, PlanPrice, PlansResponse } from '@paywright/contract'
import type { Offer } from '../../actions/list-plans.ts'
import {
  freeUsesOf,
  type PackDefinition,
  type PlanDefinition,
  planById,
  scaleOf,
  yearlySaving,
} from '../../domain/catalog.ts'
import type { Deps } from '../../ports/deps.ts'
import { toPrice } from './money.ts'

export const toPlansResponse = (deps: Deps, offers: readonly Offer[]): PlansResponse => ({
  plans: offers.map((offer) => toPlan(deps, offer)),
  packs: Object.values(deps.catalog.packs).map((pack) => toPack(deps, pack)),
  currency: deps.catalog.currency,
  unit: deps.catalog.unit,
  freeUses: freeUsesOf(deps.catalog, deps.catalog.unit),
})

const toPlan = (deps: Deps, offer: Offer): Plan => {
  const { plan } = offer
  const base = plan.everythingIn === null ? null : planById(deps.catalog, plan.everythingIn)
  return {
    id: plan.id,
    name: plan.name,
    promise: plan.promise,
    prices: { month: toPlanPrice(deps, offer, 'month'), year: toPlanPrice(deps, offer, 'year') },
    action: offer.action,
    features: [...plan.features],
    limits: { ...plan.limits },
    trialDays: plan.trialDays,
    everythingIn: base?.name ?? null,
    recommended: plan.recommended,
  }
}

const months = { month: 1, year: 12 } as const

const toPlanPrice = (deps: Deps, { plan, actions }: Offer, interval: Interval): PlanPrice | null => {
  const pricing = plan.prices[interval]
  if (!pricing) return null
  return {
    interval,
    price: toPrice(deps, pricing.amountMinor),
    perMonth: toPrice(deps, Math.round(pricing.amountMinor / months[interval])),
    saving: interval === 'year' ? toSaving(deps, plan) : null,
    action: actions[interval],
  }
}

const toSaving = (deps: Deps, plan: PlanDefinition): Money | null => {
  const saving = yearlySaving(plan)
  return saving > 0 ? toPrice(deps, saving) : null
}

const toPack = (deps: Deps, pack: PackDefinition): Pack => ({
  id: pack.id,
  name: pack.name,
  unit: pack.unit,
  scale: scaleOf(deps.catalog, pack.unit),
  usesPurchased: pack.credits,
  price: toPrice(deps, pack.amountMinor),
})
