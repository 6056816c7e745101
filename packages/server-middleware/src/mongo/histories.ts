import type { mongo } from 'mongoose'
import type { PaymentAttempt } from '../domain/payment-attempt.ts'
import { personal } from '../domain/personal.ts'
import { changeKey, type SubscriptionChange } from '../domain/subscription-change.ts'
import type { History, PersonalHistory } from '../ports/history.ts'
import type { Database } from './database.ts'
import { toErasure } from './erasure.ts'

export const createSubscriptionChanges = (database: Database): History<SubscriptionChange> =>
  createHistory<SubscriptionChange>(database, { name: 'subscription_changes', keyOf: changeKey, personal: [] })

export const createPaymentAttempts = (database: Database): PersonalHistory<PaymentAttempt> =>
  createHistory<PaymentAttempt>(database, {
    name: 'payment_attempts',
    keyOf: ({ providerAttemptId }) => providerAttemptId,
    personal: personal.paymentAttempts,
  })

type Kind<Row> = { name: string; keyOf: (row: Row) => string; personal: readonly string[] }

/** `at` stands beside the row, too, for reports over all accounts. */
interface HistoryDocument<Row> {
  _id: string
  accountRef: string
  at: Date
  row: Row
}

type Filter<Row> = mongo.Filter<HistoryDocument<Row>>
type Update<Row> = mongo.UpdateFilter<HistoryDocument<Row>>

const createHistory = <Row extends { accountRef: string; at: Date }>(
  database: Database,
  { name, keyOf, personal: fields }: Kind<Row>,
): PersonalHistory<Row> => {
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
    async erase(accountRef) {
      const { filter, update } = toErasure(fields.map((field) => `row.${field}`))
      return rows.updateMany({ accountRef, ...filter } as Filter<Row>, update as Update<Row>)
    },
  }
}
