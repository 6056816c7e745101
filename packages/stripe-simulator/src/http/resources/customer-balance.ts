import { checkCurrency } from '../../domain/currency.ts'
import { noSuch } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { CustomerBalanceTransaction } from '../../domain/objects/credit-note.ts'
import { changeBalance } from '../../flows/balance.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface AdjustmentInput {
  readonly amount: number
  readonly currency: string
  readonly description?: string
  readonly metadata?: MetadataInput
}

interface TransactionList {
  readonly created?: RangeInput
  readonly invoice?: string
}

const ownerOf = (call: Call): string => call.world.need('customer', idOf(call), { status: 404, param: 'customer' }).id

const needTransaction = (call: Call): CustomerBalanceTransaction => {
  const [customer, id = ''] = call.ids
  const found = call.world.store.get('customer_balance_transaction', id)
  if (found?.customer === customer && found) return found
  throw noSuch('customer_balance_transaction', id, { status: 404, param: 'transaction' })
}

const adjust = (call: Call, input: AdjustmentInput): CustomerBalanceTransaction => {
  const change = {
    amount: input.amount,
    currency: checkCurrency(input.currency),
    description: input.description ?? null,
    metadata: mergeMetadata({}, input.metadata),
    type: 'adjustment' as const,
  }
  const [made] = changeBalance(call.world, ownerOf(call), [change])
  if (!made) throw new TypeError('A change of a balance has a transaction')
  return made
}

export const customerBalanceRoutes: Routes = {
  'POST /v1/customers/{id}/balance_transactions': route<AdjustmentInput>(
    ['amount', 'currency', 'description', 'metadata'],
    adjust,
  ),
  'GET /v1/customers/{customer_id}/balance_transactions/{id}': route([], needTransaction),
  'POST /v1/customers/{customer_id}/balance_transactions/{id}': route<Partial<AdjustmentInput>>(
    ['description', 'metadata'],
    (call, { description, metadata }) => {
      const found = needTransaction(call)
      return call.world.update(found, {
        description: description === undefined ? found.description : description || null,
        metadata: mergeMetadata(found.metadata, metadata),
      })
    },
  ),
  'GET /v1/customers/{id}/balance_transactions': route<TransactionList>(
    [...pageParams, 'created', 'invoice'],
    (call, { created, invoice }) => {
      const customer = ownerOf(call)
      return newestFirst(
        call,
        call.world.store
          .all('customer_balance_transaction')
          .filter((each) => matches(each, { customer, invoice }) && isWithin(each.created, created)),
      )
    },
  ),
}
