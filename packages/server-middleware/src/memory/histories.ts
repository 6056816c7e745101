import type { PaymentAttempt } from '../domain/payment-attempt.ts'
import { changeKey, type SubscriptionChange } from '../domain/subscription-change.ts'
import type { History } from '../ports/history.ts'
import { createTable } from './table.ts'

export const createSubscriptionChanges = (): History<SubscriptionChange> => createHistory<SubscriptionChange>(changeKey)

export const createPaymentAttempts = (): History<PaymentAttempt> =>
  createHistory<PaymentAttempt>(({ providerAttemptId }) => providerAttemptId)

const createHistory = <Row extends { accountRef: string; at: Date }>(keyOf: (row: Row) => string): History<Row> => {
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
  }
}
