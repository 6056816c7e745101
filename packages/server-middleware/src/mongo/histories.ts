import type { PaymentAttempt } from '../domain/payment-attempt.ts'
import { changeKey, type SubscriptionChange } from '../domain/subscription-change.ts'
import type { History } from '../ports/history.ts'
import type { Database } from './database.ts'

export const createSubscriptionChanges = (database: Database): History<SubscriptionChange> =>
  createHistory<SubscriptionChange>(database, 'subscription_changes', changeKey)

export const createPaymentAttempts = (database: Database): History<PaymentAttempt> =>
  createHistory<PaymentAttempt>(database, 'payment_attempts', ({ providerAttemptId }) => providerAttemptId)

/** `at` stands beside the row, too, for reports over all accounts. */
interface HistoryDocument<Row> {
  _id: string
  accountRef: string
  at: Date
  row: Row
}

const createHistory = <Row extends { accountRef: string; at: Date }>(
  database: Database,
  name: string,
  keyOf: (row: Row) => string,
): History<Row> => {
  const indexes = [
    { name: 'account', key: { accountRef: 1, at: 1 } },
    { name: 'at', key: { at: 1 } },
  ] as const
  const rows = database.rows<HistoryDocument<Row>>({ name, indexes })
  return {
    async add(row) {
      const { accountRef, at } = row
      const inserted = await rows.insert({ _id: keyOf(row), accountRef, at, row })
      return inserted === 'inserted' ? 'added' : 'known'
    },
    async list(accountRef) {
      const found = await rows.list({ accountRef }, { sort: { at: 1, _id: 1 } })
      return found.map((document) => document.row as Row)
    },
  }
}
