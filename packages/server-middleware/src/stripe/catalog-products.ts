import type { Stripe } from 'stripe'
import type { Catalog, PlanDefinition } from '../domain/catalog.ts'
import { compare, type Stage, type Step, soldItems } from './catalog-step.ts'
import type { StripeApi } from './client.ts'
import { isMissing, nullWhen } from './errors.ts'
import { catalogKeys } from './metadata.ts'

/** The product that a plan's prices hang on: its id follows from the plan's, so it is found without a search. */
export const productIdOf = (plan: PlanDefinition): string => `paywright_${plan.id}`

/** One product a plan, unless all its prices are pinned to products of the host's own. */
export const productSteps: Stage = async (api, catalog) => {
  const plans = new Set(soldItems(catalog).flatMap(({ plan, item }) => (item.providerPriceId ? [] : [plan])))
  return Promise.all([...plans].map((plan) => toStep(api, catalog, plan)))
}

const toStep = async (api: StripeApi, catalog: Catalog, plan: PlanDefinition): Promise<Step> => {
  const id = productIdOf(plan)
  const { statementDescriptor } = catalog.labelling
  const product = await api.ask('look the product up', (client) =>
    client.products.retrieve(id).catch(nullWhen(isMissing)),
  )
  const found = product
    ? compare(factsOf(product), wantedOf(plan, statementDescriptor ?? product.statement_descriptor))
    : 'missing'
  const params = toParams(plan, statementDescriptor)
  return {
    object: 'product',
    name: plan.id,
    found,
    mend: (client) =>
      product
        ? client.products.update(id, { ...params, active: true, description: plan.promise })
        : client.products.create({ id, ...params }),
  }
}

/** Stripe can't take a statement descriptor away, so without one in the catalog any is right. */
const wantedOf = (plan: PlanDefinition, statementDescriptor: string | null | undefined) => ({
  active: true,
  name: plan.name,
  description: plan.promise || null,
  statementDescriptor: statementDescriptor ?? null,
  planId: plan.id,
})

/** The host may have put more on it: of its metadata only ours is compared. */
const factsOf = (product: Stripe.Product): ReturnType<typeof wantedOf> => ({
  active: product.active,
  name: product.name,
  description: product.description,
  statementDescriptor: product.statement_descriptor ?? null,
  planId: product.metadata[catalogKeys.plan] ?? '',
})

const toParams = (plan: PlanDefinition, statementDescriptor: string | undefined) => ({
  name: plan.name,
  ...(plan.promise ? { description: plan.promise } : {}),
  ...(statementDescriptor === undefined ? {} : { statement_descriptor: statementDescriptor }),
  metadata: { [catalogKeys.plan]: plan.id },
})
