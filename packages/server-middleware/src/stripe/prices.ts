import type { Stripe } from 'stripe'
import type { PlanItem } from '../domain/catalog.ts'
import { BillingError } from '../domain/errors.ts'
import type { StripeApi } from './client.ts'
import { createMemory } from './remember.ts'

/** Which of Stripe's prices an item of the catalog is sold at. */
export type PriceBook = {
  /**
   * The price id of each item, in their order: the pinned one, or the active price whose lookup key it names.
   *
   * @throws BillingError `misconfigured` when Stripe has no such price
   */
  idsOf: (items: readonly PlanItem[]) => Promise<readonly string[]>
  forget: () => void
}

export const createPriceBook = (api: StripeApi): PriceBook => {
  const known = createMemory<string>()
  const learn = async (items: readonly PlanItem[]): Promise<void> => {
    const keys = items
      .filter((item) => !item.providerPriceId && !known.recall(item.priceKey))
      .map((item) => item.priceKey)
    for (const price of await findPrices(api, { keys, active: true })) {
      if (price.lookup_key) known.keep(price.lookup_key, price.id)
    }
  }
  return {
    idsOf: async (items) => {
      await learn(items)
      return items.map((item) => item.providerPriceId ?? known.recall(item.priceKey) ?? missing(item))
    },
    forget: known.forget,
  }
}

const missing = (item: PlanItem): never => {
  throw new BillingError(
    'misconfigured',
    `Stripe has no active price with the lookup key ${item.priceKey}, so it can't be sold. ` +
      'Run `paywright catalog push`, or pin an existing price with providerPriceId.',
  )
}

/** As many lookup keys as Stripe takes at once. */
const keysAtOnce = 10

export type PriceSearch = { keys: readonly string[]; active?: true; expand?: string[] }

export const findPrices = async (api: StripeApi, { keys, ...filter }: PriceSearch): Promise<Stripe.Price[]> => {
  const found: Stripe.Price[] = []
  for (let start = 0; start < keys.length; start += keysAtOnce) {
    const lookup_keys = keys.slice(start, start + keysAtOnce)
    const page = await api.ask('look the prices up', (client) =>
      client.prices.list({ lookup_keys, limit: 100, ...filter }),
    )
    found.push(...page.data)
  }
  return found
}
