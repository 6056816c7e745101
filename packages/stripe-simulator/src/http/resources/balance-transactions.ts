import { noSuch } from '../../domain/failure.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface TransactionList {
  readonly created?: RangeInput
  readonly currency?: string
  readonly payout?: string
  readonly source?: string
  readonly type?: string
}

const list = (call: Call, { created, currency, payout, source, type }: TransactionList) => {
  if (payout !== undefined) throw noSuch('payout', payout, { param: 'payout' })
  const filters = { currency: currency?.toLowerCase(), source, type }
  return newestFirst(
    call,
    call.world.store
      .all('balance_transaction')
      .filter((each) => matches(each, filters) && isWithin(each.created, created)),
  )
}

export const balanceTransactionRoutes: Routes = {
  'GET /v1/balance_transactions/{id}': route([], (call) =>
    call.world.need('balance_transaction', idOf(call), { status: 404, param: 'id' }),
  ),
  'GET /v1/balance_transactions': route<TransactionList>(
    [...pageParams, 'created', 'currency', 'payout', 'source', 'type'],
    list,
  ),
}
