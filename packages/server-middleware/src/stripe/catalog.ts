import type { Catalog } from '../domain/catalog.ts'
import type { CatalogChange } from '../domain/provider-call.ts'
import { meterSteps } from './catalog-meters.ts'
import { portalSteps } from './catalog-portal.ts'
import { priceSteps } from './catalog-prices.ts'
import { productSteps } from './catalog-products.ts'
import type { Step } from './catalog-step.ts'
import type { StripeApi } from './client.ts'

/** In this order: each stage looks at what the ones before it made. */
const stages = [meterSteps, productSteps, priceSteps, portalSteps]

/** Makes and updates; the second time everything is `same`. */
export const pushCatalog = (api: StripeApi, catalog: Catalog): Promise<CatalogChange[]> =>
  walk(api, catalog, (step) => settle(api, step))

/** Compares, and changes nothing. */
export const checkCatalog = (api: StripeApi, catalog: Catalog): Promise<CatalogChange[]> =>
  walk(api, catalog, async (step) => step.found)

type Visit = (step: Step) => Promise<CatalogChange['change']>

const walk = async (api: StripeApi, catalog: Catalog, visit: Visit): Promise<CatalogChange[]> => {
  const changes: CatalogChange[] = []
  for (const stage of stages) {
    for (const step of await stage(api, catalog)) {
      changes.push({ object: step.object, name: step.name, change: await visit(step) })
    }
  }
  return changes
}

const settle = async (api: StripeApi, { object, name, found, mend }: Step): Promise<CatalogChange['change']> => {
  if (found === 'same' || mend === null) return found
  await api.ask(`bring the ${object} ${name} in line with the catalog`, mend)
  return found === 'missing' ? 'created' : 'updated'
}
