import type { Price, Product } from '../domain/objects/catalog.ts'
import type { Line } from './line.ts'

export interface Wanted {
  /** A price's lookup key or id, or its product's name. */
  readonly name: string
  readonly type: Price['type']
  readonly interval?: 'day' | 'week' | 'month' | 'year'
}

interface Page<T> {
  readonly data: readonly T[]
}

const fits = (price: Price, { type, interval }: Wanted): boolean =>
  price.type === type && (interval === undefined || price.recurring?.interval === interval)

const byLookupKey = async (line: Line, wanted: Wanted): Promise<readonly Price[]> => {
  const query = { active: true, limit: 100, lookup_keys: [wanted.name] }
  return (await line.get<Page<Price>>('/v1/prices', query)).data
}

const byProduct = async (line: Line, { name }: Wanted): Promise<readonly Price[]> => {
  const products = await line.get<Page<Product>>('/v1/products', { active: true, limit: 100 })
  const product = products.data.find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (!product) return []
  return (await line.get<Page<Price>>('/v1/prices', { active: true, limit: 100, product: product.id })).data
}

const byId = async (line: Line, { name }: Wanted): Promise<readonly Price[]> =>
  name.startsWith('price_') ? [await line.get<Price>(`/v1/prices/${name}`)] : []

const intervals = ['month', 'year', 'week', 'day']

const rank = (price: Price): number => intervals.indexOf(price.recurring?.interval ?? 'month')

/** The price somebody means; of several the monthly one. */
export const findPrice = async (line: Line, wanted: Wanted): Promise<Price> => {
  for (const search of [byId, byLookupKey, byProduct]) {
    const [found] = (await search(line, wanted))
      .filter((price) => fits(price, wanted))
      .sort((a, b) => rank(a) - rank(b))
    if (found) return found
  }
  const kind = wanted.type === 'recurring' ? 'recurring' : 'one-time'
  throw new Error(
    `No active ${kind} price has the lookup key "${wanted.name}" or belongs to a product of that name. Create it first, as your app does when it pushes its catalog.`,
  )
}
