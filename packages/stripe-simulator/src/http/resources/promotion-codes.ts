import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
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

type Restrictions = PromotionCode['restrictions']

/** The least to spend, by currency: none twice. */
const minimumsOf = (
  given: Restrictions['currency_options'],
  own: string | null | undefined,
): Restrictions['currency_options'] =>
  given &&
  Object.fromEntries(
    Object.entries(given).map(([code, { minimum_amount }]) => {
      const param = `restrictions[currency_options][${code}]`
      const currency = checkCurrency(code, param)
      if (currency === own) throw invalidRequest(`The minimum in ${currency} is \`minimum_amount\`.`, { param })
      return [currency, { minimum_amount }]
    }),
  )

const restrictionsOf = ({ restrictions }: CodeInput): Restrictions => {
  const { minimum_amount, minimum_amount_currency, currency_options, ...rest } = restrictions ?? {}
  if (minimum_amount != null && minimum_amount_currency == null) {
    throw missingParam('restrictions[minimum_amount_currency]')
  }
  if (minimum_amount == null && (minimum_amount_currency != null || currency_options)) {
    throw missingParam('restrictions[minimum_amount]')
  }
  const currency =
    minimum_amount_currency == null
      ? null
      : checkCurrency(minimum_amount_currency, 'restrictions[minimum_amount_currency]')
  const options = minimumsOf(currency_options, currency)
  return {
    ...openRestrictions,
    ...rest,
    minimum_amount: minimum_amount ?? null,
    minimum_amount_currency: currency,
    ...(options ? { currency_options: options } : {}),
  }
}

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
      restrictions: restrictionsOf(input),
    },
    'promotion_code.created',
  )
}

const needCode = (call: Call): PromotionCode =>
  call.world.need('promotion_code', idOf(call), { status: 404, param: 'promotion_code' })

interface CodeUpdate {
  readonly active?: boolean
  readonly metadata?: MetadataInput
  readonly restrictions?: Pick<Restrictions, 'currency_options'>
}

const update = (call: Call, { active, metadata, restrictions }: CodeUpdate): PromotionCode => {
  const code = needCode(call)
  const { currency_options: old, minimum_amount_currency } = code.restrictions
  const options = minimumsOf(restrictions?.currency_options, minimum_amount_currency)
  const changes = {
    active: active ?? code.active,
    metadata: mergeMetadata((code.metadata ?? {}) as Record<string, string>, metadata),
    restrictions: options ? { ...code.restrictions, currency_options: { ...old, ...options } } : code.restrictions,
  }
  return call.world.update(code, changes, 'promotion_code.updated')
}

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
  'restrictions',
] as const

export const promotionCodeRoutes: Routes = {
  'POST /v1/promotion_codes': route<CodeInput>(created, create),
  'GET /v1/promotion_codes/{id}': route([], needCode),
  'POST /v1/promotion_codes/{id}': route<CodeUpdate>(['active', 'metadata', 'restrictions'], update),
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
