import { maximumAmount } from './currency.ts'
import type { BalanceTransactionType } from './objects/credit-note.ts'

export interface BalanceEntry {
  readonly amount: number
  readonly type: BalanceTransactionType
}

export interface BilledBalance {
  readonly total: number
  /** The customer's balance before: negative when they are owed. */
  readonly balance: number
  /** What the invoice collects of both. */
  readonly due: number
  readonly currency: string
}

const entry = (type: BalanceTransactionType, amount: number): BalanceEntry[] => (amount === 0 ? [] : [{ amount, type }])

/** How finalizing an invoice changes its customer's balance: what is used up or owed, and what is left for later. */
export const balanceEntries = ({ total, balance, due, currency }: BilledBalance): BalanceEntry[] => {
  const owed = total + balance
  if (due > 0) return entry('applied_to_invoice', -balance)
  if (owed <= 0 || total <= 0) return entry('applied_to_invoice', total)
  const left = owed > maximumAmount(currency) ? 'invoice_too_large' : 'invoice_too_small'
  if (balance >= 0) return entry(left, total)
  return [...entry('applied_to_invoice', -balance), ...entry(left, owed)]
}
