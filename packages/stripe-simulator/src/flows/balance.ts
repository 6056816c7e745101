import { amountDue } from '../domain/currency.ts'
import type { CustomerBalanceTransaction } from '../domain/objects/credit-note.ts'
import type { Customer } from '../domain/objects/customer.ts'
import type { World } from '../world.ts'

export interface BalanceChange
  extends Partial<Pick<CustomerBalanceTransaction, 'credit_note' | 'description' | 'invoice' | 'metadata'>>,
    Pick<CustomerBalanceTransaction, 'amount' | 'currency' | 'type'> {}

/** The currency of a customer that has none yet. */
export const accountCurrency = 'usd'

type Balances = Required<Pick<Customer, 'balance' | 'currency' | '$balances'>>

interface Booked {
  readonly transaction: CustomerBalanceTransaction
  /** What the change makes of the customer: the caller keeps it. */
  readonly after: Balances
}

/** What a customer owes, or is owed, in a currency. */
export const balanceIn = ({ balance, currency, $balances }: Customer, wanted: string): number =>
  $balances?.[wanted] ?? (currency === null || currency === wanted ? balance : 0)

/** The only place where a customer's balance changes: there is a transaction for everything in it. */
const book = (world: World, customer: Customer, change: BalanceChange): Booked => {
  const { amount, currency, ...reason } = change
  const ending = balanceIn(customer, currency) + amount
  const transaction = world.insert('customer_balance_transaction', {
    metadata: {},
    ...reason,
    amount,
    currency,
    customer: customer.id,
    ending_balance: ending,
  })
  const own = customer.currency ?? currency
  const $balances = { ...customer.$balances, [currency]: ending }
  return { transaction, after: { currency: own, balance: $balances[own] ?? 0, $balances } }
}

const isDraftIn = (currency: string, customer: string) => (invoice: { [field: string]: unknown }) =>
  invoice.status === 'draft' && invoice.currency === currency && invoice.customer === customer

/** Until it is finalized, an invoice goes by what its customer's balance is now. */
const followBalance = (world: World, customer: Customer, currency: string): void => {
  const balance = balanceIn(customer, currency)
  for (const draft of world.store.all('invoice').filter(isDraftIn(currency, customer.id))) {
    const due = amountDue(draft.total + balance, currency)
    world.update(draft, { starting_balance: balance, amount_due: due, amount_remaining: due })
  }
}

/** Changes a balance, and tells of it once. */
export const changeBalance = (
  world: World,
  customerId: string,
  changes: readonly BalanceChange[],
): CustomerBalanceTransaction[] => {
  if (changes.length === 0) return []
  const before = world.need('customer', customerId)
  const transactions: CustomerBalanceTransaction[] = []
  let customer = before
  for (const change of changes) {
    const { transaction, after } = book(world, customer, change)
    transactions.push(transaction)
    customer = { ...customer, ...after }
  }
  world.update(before, customer, 'customer.updated')
  for (const { currency } of changes) followBalance(world, customer, currency)
  return transactions
}

/** Books what a customer starts with, which is in the customer already. */
export const bookInitialBalance = (world: World, customer: Customer): void => {
  const { balance: amount, currency } = customer
  if (amount === 0 || currency === null) return
  const { after } = book(world, { ...customer, balance: 0 }, { amount, currency, type: 'initial' })
  world.update(customer, after)
}

/** Books that a balance was set by hand; gives what becomes of the customer, for the caller to keep with the rest. */
export const adjustBalance = (world: World, customer: Customer, balance: number): Partial<Customer> => {
  const change = balance - customer.balance
  if (change === 0) return {}
  const currency = customer.currency ?? accountCurrency
  const { after } = book(world, customer, { amount: change, currency, type: 'adjustment' })
  followBalance(world, { ...customer, ...after }, currency)
  return after
}

/** Gives back what an invoice took of its customer's balance, or took on. Who is deleted has none. */
export const unapplyBalance = (world: World, invoice: { readonly id: string; readonly customer: string }): void => {
  if (world.store.get('customer', invoice.customer)?.deleted === true) return
  const applied = world.store
    .all('customer_balance_transaction')
    .filter((each) => each.invoice === invoice.id && each.type === 'applied_to_invoice')
  const back = applied.map(({ amount, currency }) => ({
    amount: -amount,
    currency,
    invoice: invoice.id,
    type: 'unapplied_from_invoice' as const,
  }))
  changeBalance(world, invoice.customer, back)
}
