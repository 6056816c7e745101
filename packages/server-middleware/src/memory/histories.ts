import type { PaymentAttempt } from '../domain/payment-attempt.ts'
import { personal } from '../domain/personal.ts'
import { changeKey, type SubscriptionChange } from '../domain/subscription-change.ts'
import type { History, PersonalHistory } from '../ports/history.ts'
import { hasAny, without } from './erasure.ts'
import { createTable } from './table.ts'

export const createSubscriptionChanges = (): History<SubscriptionChange> =>
  createHistory<SubscriptionChange>(changeKey, [])

export const createPaymentAttempts = (): PersonalHistory<PaymentAttempt> =>
  createHistory<PaymentAttempt>(({ providerAttemptId }) => providerAttemptId, personal.paymentAttempts)

const createHistory = <Row extends { accountRef: string; at: Date }>(
  keyOf: (row: Row) => string,
  fields: readonly (keyof Row)[],
): PersonalHistory<Row> => {
  const rows = createTable<Row>()
  return {
    async add(row) {
      if (rows.get(keyOf(row))) return 'known'
      rows.put(keyOf(row), row)
      return 'added'
    },
    async list(accountRef) {
      const own = rows.list().filter((row) => row.accountRef === accountRef)
      return own.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    },
    async erase(accountRef) {
      const own = rows.list().filter((row) => row.accountRef === accountRef && hasAny(row, fields))
      for (const row of own) rows.put(keyOf(row), without(row, fields))
      return own.length
    },
  }
}
