import { createHash } from 'node:crypto'
import type { Stripe } from 'stripe'
import type { Catalog } from '../domain/catalog.ts'
import { findSoldPrices, type SoldPrice } from './catalog-prices.ts'
import { compare, type Stage } from './catalog-step.ts'
import { catalogKeys } from './metadata.ts'
import { findPortalConfiguration } from './portal.ts'

type Configuration = Stripe.BillingPortal.Configuration
type Params = Stripe.BillingPortal.ConfigurationCreateParams
type Switchable = { product: string; prices: string[]; adjustable_quantity?: { enabled: boolean } }

/** What a customer may do alone, in Stripe's portal. */
export const portalSteps: Stage = async (api, catalog) => {
  const products = switchable(await findSoldPrices(api, catalog))
  const wanted = wantedPortal(catalog, products, api.settings.promotionCodes)
  const params = toParams(wanted, products)
  const found = await findPortalConfiguration(api)
  const about = { object: 'portal', name: 'configuration' } as const
  if (!found)
    return [{ ...about, found: 'missing', mend: (client) => client.billingPortal.configurations.create(params) }]
  const business_profile = { terms_of_service_url: wanted.terms, privacy_policy_url: wanted.privacy }
  const mend = (client: Stripe) => client.billingPortal.configurations.update(found.id, { ...params, business_profile })
  return [{ ...about, found: compare(factsOf(found), wanted), mend }]
}

/** The products to switch among, each with its prices. */
const switchable = (found: readonly SoldPrice[]): readonly Switchable[] => {
  const products = new Map<string, Switchable>()
  for (const { sold, price } of found.filter(isSimple)) {
    if (!price) continue
    const product = typeof price.product === 'string' ? price.product : price.product.id
    const known = products.get(product) ?? { product, prices: [] }
    const seats = sold.item.kind === 'seat' ? { adjustable_quantity: { enabled: true } } : {}
    products.set(product, { ...known, ...seats, prices: [...known.prices, price.id].toSorted() })
  }
  return [...products.values()].toSorted(byProduct)
}

/** The portal switches between plans that bill one flat or seat item; others it refuses. */
const isSimple = ({ sold: { item, plan, interval } }: SoldPrice): boolean =>
  (item.kind === 'flat' || item.kind === 'seat') && plan.prices[interval]?.items.length === 1

const byProduct = (a: Switchable, b: Switchable): number => a.product.localeCompare(b.product)

type PortalFacts = {
  terms: string | null
  privacy: string | null
  customerUpdates: readonly string[]
  invoices: boolean
  paymentMethods: boolean
  cancelMode: string | null
  cancelReasons: readonly string[]
  updates: readonly string[]
  proration: string | null
  /** Stripe leaves the products out of its answers: their fingerprint stands in the metadata. */
  products: string | null
}

const wantedPortal = (catalog: Catalog, products: readonly Switchable[], promotionCodes: boolean): PortalFacts => ({
  terms: catalog.legal.termsUrl ?? null,
  privacy: catalog.legal.privacyUrl ?? null,
  customerUpdates: ['address', 'email', 'name', 'tax_id'],
  invoices: true,
  paymentMethods: true,
  cancelMode: 'at_period_end',
  cancelReasons: [
    'customer_service',
    'low_quality',
    'missing_features',
    'other',
    'switched_service',
    'too_complex',
    'too_expensive',
    'unused',
  ],
  updates: products.length === 0 ? [] : allowedUpdates(products, promotionCodes),
  proration: products.length === 0 ? null : 'always_invoice',
  products: products.length === 0 ? null : fingerprintOf(products),
})

const fingerprintOf = (products: readonly Switchable[]): string =>
  createHash('sha256').update(JSON.stringify(products)).digest('hex')

const allowedUpdates = (products: readonly Switchable[], promotionCodes: boolean): readonly string[] => [
  'price',
  ...(promotionCodes ? ['promotion_code'] : []),
  ...(products.some((product) => product.adjustable_quantity) ? ['quantity'] : []),
]

const factsOf = ({ business_profile, features, metadata }: Configuration): PortalFacts => {
  const { customer_update, subscription_cancel: cancel, subscription_update: update } = features
  return {
    terms: business_profile.terms_of_service_url || null,
    privacy: business_profile.privacy_policy_url || null,
    customerUpdates: customer_update.enabled ? customer_update.allowed_updates.toSorted() : [],
    invoices: features.invoice_history.enabled,
    paymentMethods: features.payment_method_update.enabled,
    cancelMode: cancel.enabled ? cancel.mode : null,
    cancelReasons: cancel.cancellation_reason.enabled ? cancel.cancellation_reason.options.toSorted() : [],
    updates: update.enabled ? update.default_allowed_updates.toSorted() : [],
    proration: update.enabled ? update.proration_behavior : null,
    products: update.enabled ? (metadata?.[catalogKeys.portalProducts] ?? null) : null,
  }
}

const toParams = (wanted: PortalFacts, products: readonly Switchable[]): Params => ({
  business_profile: {
    ...(wanted.terms === null ? {} : { terms_of_service_url: wanted.terms }),
    ...(wanted.privacy === null ? {} : { privacy_policy_url: wanted.privacy }),
  },
  metadata: { [catalogKeys.portal]: 'customer', [catalogKeys.portalProducts]: wanted.products ?? '' },
  features: {
    customer_update: { enabled: true, allowed_updates: [...wanted.customerUpdates] },
    invoice_history: { enabled: wanted.invoices },
    payment_method_update: { enabled: wanted.paymentMethods },
    subscription_cancel: {
      enabled: true,
      mode: 'at_period_end',
      cancellation_reason: { enabled: true, options: [...wanted.cancelReasons] },
    },
    subscription_update:
      wanted.products === null
        ? { enabled: false }
        : {
            enabled: true,
            default_allowed_updates: [...wanted.updates],
            proration_behavior: 'always_invoice',
            products: [...products],
          },
  },
})
