import { isUsable } from '../../domain/credits.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { CreditGrant, CreditScope } from '../../domain/objects/credit.ts'
import {
  createGrant,
  expireGrant,
  type GrantInput,
  type GrantUpdate,
  updateGrant,
  voidGrant,
} from '../../flows/credits/grants.ts'
import { balanceOf } from '../../flows/credits/ledger.ts'
import type { World } from '../../world.ts'
import { matches, newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface SummaryInput {
  readonly customer?: string
  readonly filter: {
    readonly applicability_scope?: CreditScope
    readonly credit_grant?: string
    readonly type: 'applicability_scope' | 'credit_grant'
  }
}

interface TransactionList {
  readonly credit_grant?: string
  readonly customer?: string
}

const needGrant = (call: Call): CreditGrant =>
  call.world.need('billing.credit_grant', idOf(call), { status: 404, param: 'id' })

const monetary = (currency: string, value: number) => ({ monetary: { currency, value }, type: 'monetary' })

/** Grants of all metered prices where all are asked about; of given prices, those that each of them may use. */
const isInScope = ({ applicability_config }: CreditGrant, wanted: CreditScope): boolean => {
  const { price_type, prices } = applicability_config.scope
  if (!wanted.prices) return price_type === 'metered'
  return price_type === 'metered' || wanted.prices.every(({ id }) => prices?.some((price) => price.id === id))
}

const chosen = (world: World, customer: string, { filter }: SummaryInput): CreditGrant[] => {
  const grants = world.store.all('billing.credit_grant').filter((grant) => grant.customer === customer)
  if (filter.type === 'credit_grant') {
    if (filter.credit_grant === undefined) throw missingParam('filter[credit_grant]')
    const { id } = world.need('billing.credit_grant', filter.credit_grant, { param: 'filter[credit_grant]' })
    return grants.filter((grant) => grant.id === id)
  }
  const scope = filter.applicability_scope
  if (!scope) throw missingParam('filter[applicability_scope]')
  return grants.filter((grant) => isInScope(grant, scope))
}

const balanceIn = (world: World, currency: string, all: readonly CreditGrant[]) => {
  const now = world.now()
  const grants = all.filter(({ amount }) => amount.monetary.currency === currency)
  const sum = (found: readonly CreditGrant[]): number =>
    found.reduce((total, { id }) => total + balanceOf(world, id, now), 0)
  return {
    available_balance: monetary(currency, sum(grants.filter((grant) => isUsable(grant, now)))),
    ledger_balance: monetary(currency, sum(grants)),
  }
}

const summarize = ({ world }: Call, input: SummaryInput) => {
  if (input.customer === undefined) throw missingParam('customer')
  const customer = world.need('customer', input.customer, { param: 'customer' })
  const grants = chosen(world, customer.id, input)
  const currencies = [...new Set(grants.map(({ amount }) => amount.monetary.currency))]
  return {
    object: 'billing.credit_balance_summary',
    balances: currencies.map((currency) => balanceIn(world, currency, grants)),
    customer: customer.id,
    customer_account: null,
    livemode: false,
  }
}

const listTransactions = (call: Call, { credit_grant, customer }: TransactionList) => {
  if (credit_grant === undefined && customer === undefined) {
    throw invalidRequest('You must specify one of these parameters: customer, credit_grant.', { param: 'customer' })
  }
  const found = call.world.store.all('billing.credit_balance_transaction')
  return newestFirst(
    call,
    found.filter((each) => matches(each, { credit_grant, $customer: customer })),
  )
}

export const creditRoutes: Routes = {
  'POST /v1/billing/credit_grants': route<GrantInput>(
    [
      'amount',
      'applicability_config',
      'category',
      'customer',
      'effective_at',
      'expires_at',
      'metadata',
      'name',
      'priority',
    ],
    ({ world }, input) => createGrant(world, input),
  ),
  'GET /v1/billing/credit_grants/{id}': route([], needGrant),
  'POST /v1/billing/credit_grants/{id}': route<GrantUpdate>(['expires_at', 'metadata'], (call, input) =>
    updateGrant(call.world, needGrant(call), input),
  ),
  'POST /v1/billing/credit_grants/{id}/expire': route([], (call) => expireGrant(call.world, needGrant(call))),
  'POST /v1/billing/credit_grants/{id}/void': route([], (call) => voidGrant(call.world, needGrant(call))),
  'GET /v1/billing/credit_grants': route<{ customer?: string }>([...pageParams, 'customer'], (call, { customer }) =>
    newestFirst(
      call,
      call.world.store.all('billing.credit_grant').filter((grant) => matches(grant, { customer })),
    ),
  ),
  'GET /v1/billing/credit_balance_summary': route<SummaryInput>(['customer', 'filter'], summarize),
  'GET /v1/billing/credit_balance_transactions/{id}': route([], (call) =>
    call.world.need('billing.credit_balance_transaction', idOf(call), { status: 404, param: 'id' }),
  ),
  'GET /v1/billing/credit_balance_transactions': route<TransactionList>(
    [...pageParams, 'credit_grant', 'customer'],
    listTransactions,
  ),
}
