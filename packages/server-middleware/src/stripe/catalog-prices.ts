import type { Stripe } from 'stripe'
import type { Catalog, PlanItem, Tier } from '../domain/catalog.ts'
import { findMeters } from './catalog-meters.ts'
import { productIdOf } from './catalog-products.ts'
import { compare, type SoldItem, type Stage, type Step, soldItems } from './catalog-step.ts'
import type { StripeApi } from './client.ts'
import { isMissing, nullWhen } from './errors.ts'
import { catalogKeys } from './metadata.ts'
import { findPrices } from './prices.ts'

/** A price as Stripe holds it: with its tiers, and whose product it belongs to. */
export type SoldPrice = { sold: SoldItem; price: Stripe.Price | null }

/**
 * One price an item and interval, by its lookup key. Stripe's prices don't change: a new amount is a new price that takes
 * the key over, and whoever pays the old one goes on doing so. A pinned price is only compared.
 */
export const priceSteps: Stage = async (api, catalog) => {
  const hasMetered = soldItems(catalog).some(({ item }) => item.kind === 'metered')
  const meters = hasMetered ? await findMeters(api) : new Map<string, string>()
  const found = await findSoldPrices(api, catalog)
  return found.map((each) => toStep(catalog, each, meters))
}

export const findSoldPrices = async (api: StripeApi, catalog: Catalog): Promise<readonly SoldPrice[]> => {
  const sold = soldItems(catalog)
  const keys = sold.flatMap(({ item }) => (item.providerPriceId ? [] : [item.priceKey]))
  const expand = sold.some(({ item }) => item.kind === 'tiered') ? ['tiers'] : []
  const byKey = await findPrices(api, { keys, expand: expand.map((path) => `data.${path}`) })
  const search = (item: PlanItem): Promise<Stripe.Price | null> | Stripe.Price | null =>
    item.providerPriceId
      ? retrieve(api, item.providerPriceId, expand)
      : (byKey.find((price) => price.lookup_key === item.priceKey) ?? null)
  return Promise.all(sold.map(async (each) => ({ sold: each, price: await search(each.item) })))
}

const retrieve = (api: StripeApi, id: string, expand: string[]): Promise<Stripe.Price | null> =>
  api.ask('look the price up', (client) => client.prices.retrieve(id, { expand }).catch(nullWhen(isMissing)))

const toStep = (catalog: Catalog, { sold, price }: SoldPrice, meters: ReadonlyMap<string, string>): Step => {
  const { item } = sold
  const terms = termsOf(sold, catalog.currency, meters)
  const product = item.providerPriceId ? null : productIdOf(sold.plan)
  const isSame = price && compare({ ...factsOf(price), product: product && price.product }, { ...terms, product })
  const params = { ...toParams(sold, terms), ...(price ? { transfer_lookup_key: true } : {}) }
  return {
    object: 'price',
    name: item.providerPriceId ?? item.priceKey,
    found: isSame ?? 'missing',
    mend: item.providerPriceId ? null : (client) => client.prices.create(params),
  }
}

/** What a price is about, in one form for the catalog's and Stripe's. */
type Terms = {
  active: boolean
  currency: string
  interval: string
  intervalCount: number
  unitAmount: number | null
  meter: string | null
  tiersMode: string | null
  tiers: readonly Required<Tier>[]
}

const termsOf = ({ item, interval }: SoldItem, currency: string, meters: ReadonlyMap<string, string>): Terms => ({
  active: true,
  currency,
  interval,
  intervalCount: 1,
  unitAmount: item.kind === 'tiered' ? null : item.amountMinor,
  meter: item.kind === 'metered' ? (meters.get(item.meter) ?? 'missing') : null,
  tiersMode: item.kind === 'tiered' ? item.mode : null,
  tiers: item.kind === 'tiered' ? item.tiers.map((tier) => ({ flatAmountMinor: 0, ...tier })) : [],
})

const factsOf = (price: Stripe.Price): Terms => ({
  active: price.active,
  currency: price.currency,
  interval: price.recurring?.interval ?? 'once',
  intervalCount: price.recurring?.interval_count ?? 1,
  unitAmount: price.unit_amount,
  meter: price.recurring?.meter ?? null,
  tiersMode: price.tiers_mode,
  tiers: (price.tiers ?? []).map(toTier),
})

const toTier = (tier: Stripe.Price.Tier): Required<Tier> => ({
  upTo: tier.up_to,
  unitAmountMinor: tier.unit_amount ?? 0,
  flatAmountMinor: tier.flat_amount ?? 0,
})

const toParams = ({ plan, item, interval }: SoldItem, terms: Terms): Stripe.PriceCreateParams => ({
  product: productIdOf(plan),
  currency: terms.currency,
  lookup_key: item.priceKey,
  nickname: `${plan.name}, ${interval === 'month' ? 'monthly' : 'yearly'}`,
  metadata: { [catalogKeys.plan]: plan.id, [catalogKeys.priceKey]: item.priceKey },
  recurring: { interval, ...(terms.meter === null ? {} : { usage_type: 'metered', meter: terms.meter }) },
  ...(item.kind === 'tiered'
    ? { billing_scheme: 'tiered', tiers_mode: item.mode, tiers: item.tiers.map(toTierParams) }
    : { unit_amount: item.amountMinor }),
})

const toTierParams = (tier: Tier): Stripe.PriceCreateParams.Tier => ({
  up_to: tier.upTo ?? 'inf',
  unit_amount: tier.unitAmountMinor,
  ...(tier.flatAmountMinor === undefined ? {} : { flat_amount: tier.flatAmountMinor }),
})
