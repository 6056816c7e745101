import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { PromotionCode } from '../../domain/objects/catalog.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface CodeInput {
  readonly active?: boolean
  readonly code?: string
  readonly customer?: string
  readonly expires_at?: number
  readonly max_redemptions?: number
  readonly metadata?: MetadataInput
  readonly promotion: { readonly type: 'coupon'; readonly coupon?: string }
  readonly restrictions?: Partial<PromotionCode['restrictions']>
}

const openRestrictions = { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null }

const refuseTaken = (call: Call, code: string): void => {
  const taken = call.world.store
    .all('promotion_code')
    .some((each) => each.active && each.code.toLowerCase() === code.toLowerCase())
  if (taken) throw invalidRequest(`An active promotion code with \`code: ${code}\` already exists.`, { param: 'code' })
}

const create = (call: Call, input: CodeInput): PromotionCode => {
  const { world } = call
  const coupon = world.need('coupon', input.promotion.coupon ?? '', { param: 'promotion[coupon]' })
  const code = input.code ?? world.ids.secret('promotion_code_text').slice(0, 8).toUpperCase()
  refuseTaken(call, code)
  return world.insert(
    'promotion_code',
    {
      active: input.active ?? true,
      code,
      customer: input.customer === undefined ? null : world.need('customer', input.customer, { param: 'customer' }).id,
      expires_at: input.expires_at ?? null,
      max_redemptions: input.max_redemptions ?? null,
      metadata: mergeMetadata({}, input.metadata),
      promotion: { type: 'coupon', coupon: coupon.id },
      restrictions: { ...openRestrictions, ...input.restrictions },
    },
    'promotion_code.created',
  )
}

const needCode = (call: Call): PromotionCode =>
  call.world.need('promotion_code', idOf(call), { status: 404, param: 'promotion_code' })

interface CodeList {
  readonly active?: boolean
  readonly code?: string
  readonly coupon?: string
  readonly created?: RangeInput
  readonly customer?: string
}

const created = [
  'active',
  'code',
  'customer',
  'expires_at',
  'max_redemptions',
  'metadata',
  'promotion',
  'restrictions.first_time_transaction',
  'restrictions.minimum_amount',
  'restrictions.minimum_amount_currency',
] as const

export const promotionCodeRoutes: Routes = {
  'POST /v1/promotion_codes': route<CodeInput>(created, create),
  'GET /v1/promotion_codes/{id}': route([], needCode),
  'POST /v1/promotion_codes/{id}': route<{ active?: boolean; metadata?: MetadataInput }>(
    ['active', 'metadata'],
    (call, input) => {
      const code = needCode(call)
      const metadata = mergeMetadata((code.metadata ?? {}) as Record<string, string>, input.metadata)
      return call.world.update(code, { active: input.active ?? code.active, metadata }, 'promotion_code.updated')
    },
  ),
  'GET /v1/promotion_codes': route<CodeList>(
    [...pageParams, 'active', 'code', 'coupon', 'created', 'customer'],
    (call, { active, code, coupon, created: range, customer }) =>
      newestFirst(
        call,
        call.world.store
          .all('promotion_code')
          .filter((each) => matches(each, { active, customer }) && isWithin(each.created, range))
          .filter((each) => coupon === undefined || each.promotion.coupon === coupon)
          .filter((each) => code === undefined || each.code.toLowerCase() === code.toLowerCase()),
      ),
  ),
}
