import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { CreditAmount, CreditGrant, CreditScope } from '../../domain/objects/credit.ts'
import { isMetered } from '../../domain/pricing.ts'
import type { World } from '../../world.ts'
import { balanceOf, book, empty } from './ledger.ts'

export interface GrantInput {
  readonly amount: Partial<CreditAmount>
  readonly applicability_config: { readonly scope: CreditScope }
  readonly category?: CreditGrant['category']
  readonly customer?: string
  readonly effective_at?: number
  readonly expires_at?: number
  readonly metadata?: MetadataInput
  readonly name?: string
  readonly priority?: number
}

const mostUnused = 100
const mostPrices = 20
const defaultPriority = 50

const amountOf = ({ amount: { monetary } }: GrantInput): CreditAmount => {
  if (!monetary) throw missingParam('amount[monetary]')
  if (monetary.value < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'amount[monetary][value]',
    })
  }
  const currency = checkCurrency(monetary.currency, 'amount[monetary][currency]')
  return { monetary: { currency, value: monetary.value }, type: 'monetary' }
}

const scopePath = 'applicability_config[scope]'

const checkMetered = (world: World, id: string, index: number): void => {
  const param = `${scopePath}[prices][${index}][id]`
  if (isMetered(world.need('price', id, { param }))) return
  throw invalidRequest(`Credit grants apply to metered prices only, and the price ${id} is not one.`, { param })
}

const scopeOf = (world: World, { applicability_config: { scope } }: GrantInput): CreditScope => {
  const { price_type, prices } = scope
  if (price_type !== undefined && prices !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: price_type, prices.', { param: scopePath })
  }
  if (price_type !== undefined) return { price_type }
  if (!prices || prices.length === 0) throw missingParam(`${scopePath}[price_type]`)
  if (prices.length > mostPrices) {
    throw invalidRequest(`A credit grant can apply to at most ${mostPrices} prices.`, { param: `${scopePath}[prices]` })
  }
  for (const [index, { id }] of prices.entries()) checkMetered(world, id, index)
  return { prices: prices.map(({ id }) => ({ id })) }
}

const priorityOf = ({ priority = defaultPriority }: GrantInput): number => {
  if (priority >= 0 && priority <= 100) return priority
  throw invalidRequest('Invalid priority: must be between 0 and 100.', { param: 'priority' })
}

const checkExpiry = (expiresAt: number | undefined, after: number): void => {
  if (expiresAt === undefined || expiresAt > after) return
  throw invalidRequest('`expires_at` must be in the future, and after `effective_at`.', { param: 'expires_at' })
}

const isOver = (world: World, { voided_at, expires_at }: CreditGrant): boolean =>
  voided_at !== null || (expires_at !== null && expires_at <= world.now())

const refuseTooMany = (world: World, customer: string): void => {
  const grants = world.store.all('billing.credit_grant').filter((each) => each.customer === customer)
  const unused = grants.filter((each) => !isOver(world, each) && balanceOf(world, each.id) > 0)
  if (unused.length < mostUnused) return
  throw invalidRequest(`A customer can have at most ${mostUnused} unused credit grants.`, { param: 'customer' })
}

/** Gives a customer credits. */
export const createGrant = (world: World, input: GrantInput): CreditGrant => {
  if (input.customer === undefined) throw missingParam('customer')
  const customer = world.need('customer', input.customer, { param: 'customer' })
  const amount = amountOf(input)
  const scope = scopeOf(world, input)
  const priority = priorityOf(input)
  const effective_at = input.effective_at ?? world.now()
  checkExpiry(input.expires_at, Math.max(effective_at, world.now()))
  refuseTooMany(world, customer.id)
  const grant = world.insert(
    'billing.credit_grant',
    {
      amount,
      applicability_config: { scope },
      category: input.category ?? 'paid',
      customer: customer.id,
      customer_account: null,
      effective_at,
      expires_at: input.expires_at ?? null,
      metadata: mergeMetadata({}, input.metadata),
      name: input.name ?? null,
      priority,
      test_clock: customer.test_clock ?? null,
      updated: world.now(),
      voided_at: null,
    },
    'billing.credit_grant.created',
  )
  book(world, grant, { credit: 'credits_granted', value: amount.monetary.value, effectiveAt: effective_at })
  return grant
}

const refuseOver = (world: World, grant: CreditGrant): void => {
  if (!isOver(world, grant)) return
  const what = grant.voided_at === null ? 'expired' : 'been voided'
  throw invalidRequest(`The credit grant ${grant.id} has ${what} already.`, { param: 'id' })
}

export interface GrantUpdate {
  readonly expires_at?: number | ''
  readonly metadata?: MetadataInput
}

const expiryOf = (world: World, grant: CreditGrant, given: GrantUpdate['expires_at']): number | null => {
  if (given === undefined) return grant.expires_at
  refuseOver(world, grant)
  if (given === '') return null
  checkExpiry(given, Math.max(grant.effective_at, world.now()))
  return given
}

export const updateGrant = (world: World, grant: CreditGrant, input: GrantUpdate): CreditGrant => {
  const expires_at = expiryOf(world, grant, input.expires_at)
  const changes = { expires_at, metadata: mergeMetadata(grant.metadata, input.metadata), updated: world.now() }
  return world.update(grant, changes, 'billing.credit_grant.updated')
}

/** Ends a grant now: what is left of it is gone. */
export const expireGrant = (world: World, grant: CreditGrant): CreditGrant => {
  refuseOver(world, grant)
  const now = world.now()
  const expired = world.update(grant, { expires_at: now, updated: now }, 'billing.credit_grant.updated')
  empty(world, expired, 'credits_expired')
  return expired
}

/** Takes a grant back as if it had never been given: only one that nothing was paid with. */
export const voidGrant = (world: World, grant: CreditGrant): CreditGrant => {
  refuseOver(world, grant)
  if (balanceOf(world, grant.id) < grant.amount.monetary.value) {
    throw invalidRequest('A credit grant that was applied to an invoice cannot be voided. Expire it instead.', {
      param: 'id',
    })
  }
  const now = world.now()
  const voided = world.update(grant, { voided_at: now, updated: now }, 'billing.credit_grant.updated')
  empty(world, voided, 'credits_voided')
  return voided
}
