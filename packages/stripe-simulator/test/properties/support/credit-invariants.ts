import type { CreditNote } from '../../../src/domain/objects/credit-note.ts'
import type { Customer } from '../../../src/domain/objects/customer.ts'
import type { Invoice } from '../../../src/domain/objects/invoice.ts'
import type { World } from '../../../src/world.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const present = (problems: readonly (string | false)[]): string[] => problems.filter((problem) => problem !== false)

/** A balance is the sum of its transactions, and each of them knew it. */
const balanceProblems = (world: World, customer: Customer): string[] => {
  const all = world.store.all('customer_balance_transaction').filter((each) => each.customer === customer.id)
  const running = new Map<string, number>()
  const wrong = all.flatMap(({ id, amount, currency, ending_balance }) => {
    const balance = (running.get(currency) ?? 0) + amount
    running.set(currency, balance)
    return balance === ending_balance ? [] : [`${id} ends with ${ending_balance}, ${balance} was booked`]
  })
  const booked = running.get(customer.currency ?? '') ?? 0
  return [
    ...wrong,
    ...(booked === customer.balance ? [] : [`${customer.id} has ${customer.balance}, ${booked} booked`]),
  ]
}

const creditOf = (world: World, note: CreditNote): number => {
  const id = note.customer_balance_transaction
  return id === null ? 0 : -world.need('customer_balance_transaction', id).amount
}

const lineTotal = ({ lines }: CreditNote): number =>
  sum(
    lines.data.map((line) => {
      const added = line.taxes.filter(({ tax_behavior }) => tax_behavior === 'exclusive')
      return line.amount - line.discount_amount + sum(added.map(({ amount }) => amount))
    }),
  )

const noteProblems = (world: World, note: CreditNote): string[] => {
  const { id, total, pre_payment_amount: pre, post_payment_amount: post } = note
  const back = sum(note.refunds.map(({ amount_refunded }) => amount_refunded))
  const given = back + creditOf(world, note) + (note.out_of_band_amount ?? 0)
  return present([
    total <= 0 && `${id} credits ${total}`,
    total !== pre + post && `${id}: ${total} is not ${pre} + ${post}`,
    total !== lineTotal(note) && `${id}: ${total}, lines ${lineTotal(note)}`,
    post !== given && `${id}: ${post} to give back, ${given} given`,
  ])
}

const creditedLine = (issued: readonly CreditNote[], line: string): number =>
  sum(
    issued
      .flatMap(({ lines }) => lines.data)
      .filter((each) => each.invoice_line_item === line)
      .map(({ amount }) => amount),
  )

const invoiceProblems = (world: World, invoice: Invoice): string[] => {
  const { id, total, lines, pre_payment_credit_notes_amount: pre, post_payment_credit_notes_amount: post } = invoice
  const issued = world.store.all('credit_note').filter((note) => note.invoice === id && note.status === 'issued')
  const over = lines.data.filter((line) => creditedLine(issued, line.id) > Math.max(0, line.amount))
  const wanted = sum(issued.map((note) => note.total))
  return [
    ...over.map((line) => `${line.id} was credited with more than it is over`),
    ...present([
      wanted > Math.max(0, total) && `${id} over ${total} was credited with ${wanted}`,
      pre !== sum(issued.map((note) => note.pre_payment_amount)) && `${id} counts ${pre} before payment`,
      post !== sum(issued.map((note) => note.post_payment_amount)) && `${id} counts ${post} after payment`,
      invoice.status === 'open' && invoice.amount_remaining <= 0 && `${id} is open over ${invoice.amount_remaining}`,
    ]),
  ]
}

/** Credit that came from nowhere, or went there. */
export const lostCredit = (world: World): string[] => {
  const { store } = world
  return [
    ...store
      .all('customer')
      .filter(({ deleted }) => deleted !== true)
      .flatMap((customer) => balanceProblems(world, customer)),
    ...store.all('credit_note').flatMap((note) => noteProblems(world, note)),
    ...store.all('invoice').flatMap((invoice) => invoiceProblems(world, invoice)),
  ]
}
