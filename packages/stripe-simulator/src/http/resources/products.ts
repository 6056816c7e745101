import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Product } from '../../domain/objects/catalog.ts'
import { createPrice, noDetails, type PriceInput, type TaxDetailsInput, taxDetailsOf } from '../../flows/prices.ts'
import type { World } from '../../world.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { idOf, type Routes, route } from '../route.ts'

interface ProductInput {
  readonly id?: string
  readonly default_price?: string
  readonly default_price_data?: PriceInput
  readonly metadata?: MetadataInput
  readonly tax_details?: TaxDetailsInput | ''
  readonly [field: string]: unknown
}

interface ProductList {
  readonly active?: boolean
  readonly created?: RangeInput
  readonly ids?: readonly string[]
  readonly shippable?: boolean
  readonly type?: string
  readonly url?: string
}

const described = [
  'name',
  'active',
  'description',
  'images',
  'marketing_features',
  'package_dimensions',
  'shippable',
  'statement_descriptor',
] as const
const editable = [...described, 'metadata', 'tax_code', 'tax_details', 'unit_label', 'url'] as const

const refuseTaken = (world: World, id: string | undefined): void => {
  if (id !== undefined && world.store.get('product', id)) {
    throw invalidRequest('Product already exists.', { code: 'resource_already_exists', param: 'id' })
  }
}

const lists = ['images', 'marketing_features']

/** Empty unsets a field, and empties a list. */
const given = (name: string, value: unknown): unknown => {
  if (value !== '') return value
  return lists.includes(name) ? [] : null
}

const fieldsOf = ({ metadata: _metadata, expand: _expand, default_price_data: _price, ...fields }: ProductInput) => ({
  ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, given(name, value)])),
  ...taxDetailsOf(fields.tax_details),
})

const createProduct = (world: World, input: ProductInput): Product => {
  refuseTaken(world, input.id)
  const product = world.insert(
    'product',
    {
      active: true,
      ...noDetails,
      type: 'service',
      updated: world.now(),
      ...fieldsOf(input),
      metadata: mergeMetadata({}, input.metadata),
    },
    'product.created',
  )
  if (!input.default_price_data) return product
  const price = createPrice(world, { ...input.default_price_data, product: product.id })
  return world.update(product, { default_price: price.id })
}

const updateProduct = (world: World, id: string, input: ProductInput): Product => {
  const product = world.need('product', id, { status: 404, param: 'id' })
  if (input.default_price) world.need('price', input.default_price, { param: 'default_price' })
  const metadata = mergeMetadata(product.metadata, input.metadata)
  return world.update(product, { ...fieldsOf(input), metadata, updated: world.now() }, 'product.updated')
}

const deleteProduct = (world: World, id: string) => {
  const product = world.need('product', id, { status: 404, param: 'id' })
  if (world.store.all('price').some((price) => price.product === id)) {
    throw invalidRequest('This product cannot be deleted because it has one or more user-created prices.', {
      param: 'id',
    })
  }
  for (const attached of world.store.all('product_feature')) {
    if (attached.$product === id) world.store.remove(attached.id)
  }
  world.store.remove(id)
  world.emit('product.deleted', product)
  return { id, object: 'product', deleted: true }
}

export const productRoutes: Routes = {
  'POST /v1/products': route<ProductInput>([...editable, 'id', 'default_price_data', 'type'], ({ world }, input) =>
    createProduct(world, input),
  ),
  'GET /v1/products/{id}': route([], (call) => call.world.need('product', idOf(call), { status: 404, param: 'id' })),
  'POST /v1/products/{id}': route<ProductInput>([...editable, 'default_price'], (call, input) =>
    updateProduct(call.world, idOf(call), input),
  ),
  'DELETE /v1/products/{id}': route([], (call) => deleteProduct(call.world, idOf(call))),
  'GET /v1/products': route<ProductList>(
    [...pageParams, 'active', 'created', 'ids', 'shippable', 'type', 'url'],
    (call, { active, created, ids, shippable, type, url }) =>
      newestFirst(
        call,
        call.world.store
          .all('product')
          .filter((product) => matches(product, { active, shippable, type, url }) && isWithin(product.created, created))
          .filter((product) => ids === undefined || ids.includes(product.id)),
      ),
  ),
}
