import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Coupon } from '../../domain/objects/catalog.ts'
import type { World } from '../../world.ts'
import { isWithin, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface CouponInput {
  readonly amount_off?: number
  readonly applies_to?: { readonly products?: readonly string[] }
  readonly currency?: string
  readonly duration?: Coupon['duration']
  readonly expand?: readonly string[]
  readonly duration_in_months?: number
  readonly id?: string
  readonly max_redemptions?: number
  readonly metadata?: MetadataInput
  readonly name?: string
  readonly percent_off?: number
  readonly redeem_by?: number
}

const checkOff = (input: CouponInput): void => {
  const { amount_off, percent_off, currency } = input
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalidRequest('You must pass exactly one of percent_off and amount_off.', { param: 'percent_off' })
  }
  if (percent_off !== undefined && (percent_off <= 0 || percent_off > 100)) {
    throw invalidRequest('Invalid percent_off: must be greater than 0 and at most 100.', { param: 'percent_off' })
  }
  if (amount_off !== undefined && currency === undefined) throw missingParam('currency')
}

const checkDuration = ({ duration, duration_in_months }: CouponInput): void => {
  if (duration === 'repeating' && duration_in_months === undefined) throw missingParam('duration_in_months')
}

const productsOf = (world: World, input: CouponInput): Partial<Coupon> => {
  const products = input.applies_to?.products
  for (const id of products ?? []) world.need('product', id, { param: 'applies_to[products]' })
  return products ? { $products: products } : {}
}

const refuseTaken = (world: World, input: CouponInput): void => {
  if (input.id !== undefined && world.store.get('coupon', input.id)) {
    throw invalidRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
  }
}

const create = (world: World, input: CouponInput): Coupon => {
  checkOff(input)
  checkDuration(input)
  refuseTaken(world, input)
  const { metadata, applies_to: _applies, expand: _expand, currency, ...fields } = input
  return world.insert(
    'coupon',
    {
      duration: 'once',
      valid: true,
      ...fields,
      currency: currency === undefined ? null : checkCurrency(currency),
      metadata: mergeMetadata({}, metadata),
      ...productsOf(world, input),
    },
    'coupon.created',
  )
}

const needCoupon = (call: Call): Coupon => call.world.need('coupon', idOf(call), { status: 404, param: 'coupon' })

const created = [
  'amount_off',
  'applies_to',
  'currency',
  'duration',
  'duration_in_months',
  'id',
  'max_redemptions',
  'metadata',
  'name',
  'percent_off',
  'redeem_by',
] as const

export const couponRoutes: Routes = {
  'POST /v1/coupons': route<CouponInput>(created, ({ world }, input) => create(world, input)),
  'GET /v1/coupons/{id}': route([], needCoupon),
  'POST /v1/coupons/{id}': route<{ metadata?: MetadataInput; name?: string }>(['metadata', 'name'], (call, input) => {
    const coupon = needCoupon(call)
    const metadata = mergeMetadata((coupon.metadata ?? {}) as Record<string, string>, input.metadata)
    return call.world.update(coupon, { metadata, name: input.name ?? coupon.name }, 'coupon.updated')
  }),
  'DELETE /v1/coupons/{id}': route([], (call) => {
    const { id } = needCoupon(call)
    const deleted = call.world.update({ object: 'coupon', id }, { valid: false })
    call.world.store.remove(id)
    call.world.emit('coupon.deleted', deleted)
    return { id, object: 'coupon', deleted: true }
  }),
  'GET /v1/coupons': route<{ created?: RangeInput }>([...pageParams, 'created'], (call, { created: range }) =>
    newestFirst(
      call,
      call.world.store.all('coupon').filter((coupon) => isWithin(coupon.created, range)),
    ),
  ),
}
