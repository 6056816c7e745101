import { isDeepStrictEqual } from 'node:util'
import type { Stripe } from 'stripe'
import type { Catalog, PlanDefinition, PlanItem } from '../domain/catalog.ts'
import type { StripeApi } from './client.ts'

/** One object of Stripe's held against the catalog. `mend` is null for what is the host's own to change. */
export type Step = {
  object: 'meter' | 'product' | 'price' | 'portal'
  name: string
  found: 'same' | 'missing' | 'differs'
  mend: ((client: Stripe) => Promise<unknown>) | null
}

export type Stage = (api: StripeApi, catalog: Catalog) => Promise<readonly Step[]>

export type SoldItem = { plan: PlanDefinition; interval: 'month' | 'year'; item: PlanItem }

/** Every item of every plan, with the interval it bills. */
export const soldItems = (catalog: Catalog): readonly SoldItem[] =>
  Object.values(catalog.plans).flatMap((plan) =>
    (['month', 'year'] as const).flatMap((interval) =>
      (plan.prices[interval]?.items ?? []).map((item) => ({ plan, interval, item })),
    ),
  )

export const compare = (found: unknown, wanted: unknown): Step['found'] =>
  isDeepStrictEqual(found, wanted) ? 'same' : 'differs'
