import { covers, inOrder, isUsable, netOf, type PretaxCredit, pretaxCreditsOf } from '../../domain/credits.ts'
import type { CreditBalanceTransaction, CreditGrant } from '../../domain/objects/credit.ts'
import type { Invoice, InvoiceLine } from '../../domain/objects/invoice.ts'
import { isMetered } from '../../domain/pricing.ts'
import type { World } from '../../world.ts'
import { taxTermsOf } from '../invoices/price-lines.ts'
import { totalsOf } from '../invoices/totals.ts'
import { taxed } from '../tax/invoice-tax.ts'
import { balanceOf, book, empty } from './ledger.ts'

interface Pricing {
  readonly price_details?: { readonly price: string }
}

/** The metered price that a subscription's line is for, if it is for one. */
const meteredPrice = (world: World, line: InvoiceLine): string | undefined => {
  const id = (line.pricing as Pricing | null)?.price_details?.price
  const price = id === undefined ? undefined : world.store.get('price', id)
  const recurs = (line.parent as { readonly type?: string } | null)?.type === 'subscription_item_details'
  return price && recurs && isMetered(price) ? price.id : undefined
}

const grantsFor = (world: World, invoice: Invoice): CreditGrant[] =>
  inOrder(
    world.store
      .all('billing.credit_grant')
      .filter(({ customer, amount }) => customer === invoice.customer && amount.monetary.currency === invoice.currency)
      .filter((grant) => isUsable(grant, world.now())),
  )

const use = (world: World, line: InvoiceLine, grant: CreditGrant): InvoiceLine => {
  const value = Math.min(netOf(line), balanceOf(world, grant.id))
  if (value <= 0) return line
  const where = { invoice: line.invoice, invoice_line_item: line.id }
  const { id } = book(world, grant, { debit: 'credits_applied', value, use: where })
  const credit: PretaxCredit = { amount: value, credit_balance_transaction: id, type: 'credit_balance_transaction' }
  return { ...line, pretax_credit_amounts: [...pretaxCreditsOf(line), credit] }
}

const creditLine = (world: World, line: InvoiceLine, grants: readonly CreditGrant[]): InvoiceLine => {
  const price = meteredPrice(world, line)
  if (price === undefined) return line
  return grants.filter((grant) => covers(grant, price)).reduce((current, grant) => use(world, current, grant), line)
}

/** Pays the metered lines of a draft with what credits its customer has. */
export const applyCredits = (world: World, draft: Invoice): Invoice => {
  const grants = grantsFor(world, draft)
  if (grants.length === 0) return draft
  const before = draft.lines.data
  const credited = before.map((line) => creditLine(world, line, grants))
  if (credited.every((line, index) => line === before[index])) return draft
  const data = taxed(world, credited, taxTermsOf(world, draft)) as InvoiceLine[]
  return world.update(draft, { lines: { ...draft.lines, data }, ...totalsOf(data) })
}

const giveBack = (world: World, { debit, credit_grant }: CreditBalanceTransaction): void => {
  const grant = world.need('billing.credit_grant', credit_grant)
  const value = debit?.amount.monetary.value ?? 0
  const where = debit?.credits_applied
  book(world, grant, { credit: 'credits_application_invoice_voided', value, ...(where ? { use: where } : {}) })
  if (grant.expires_at !== null && grant.expires_at <= world.now()) empty(world, grant, 'credits_expired')
}

/** An invoice that is voided gives back the credits it was paid with. */
export const reinstateCredits = (world: World, invoice: string): void => {
  const used = world.store
    .all('billing.credit_balance_transaction')
    .filter(({ debit }) => debit?.credits_applied?.invoice === invoice)
  for (const transaction of used) giveBack(world, transaction)
}

/** Credits end at their time. */
export const creditDues = (
  world: World,
  grant: CreditGrant,
): readonly { readonly at: number; readonly run: () => void }[] => {
  const { expires_at, voided_at, id } = grant
  if (expires_at === null || voided_at !== null || balanceOf(world, id) === 0) return []
  return [{ at: expires_at, run: () => empty(world, grant, 'credits_expired') }]
}
