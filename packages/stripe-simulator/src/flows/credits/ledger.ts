import type { CreditBalanceTransaction, CreditGrant } from '../../domain/objects/credit.ts'
import type { World } from '../../world.ts'

type Credit = NonNullable<CreditBalanceTransaction['credit']>
type Debit = NonNullable<CreditBalanceTransaction['debit']>

/** A line of an invoice that credits were used for. */
export interface CreditUse {
  readonly invoice: string
  readonly invoice_line_item: string
}

export type Movement = { readonly value: number; readonly use?: CreditUse; readonly effectiveAt?: number } & (
  | { readonly credit: Credit['type'] }
  | { readonly debit: Debit['type'] }
)

const signed = ({ credit, debit }: CreditBalanceTransaction): number =>
  (credit?.amount.monetary.value ?? 0) - (debit?.amount.monetary.value ?? 0)

export const transactionsOf = (world: World, grant: string): CreditBalanceTransaction[] =>
  world.store.all('billing.credit_balance_transaction').filter(({ credit_grant }) => credit_grant === grant)

/** What is left of a grant, whether it may be used now or not. */
export const balanceOf = (world: World, grant: string, until = Number.POSITIVE_INFINITY): number =>
  transactionsOf(world, grant)
    .filter(({ effective_at }) => effective_at <= until)
    .reduce((sum, transaction) => sum + signed(transaction), 0)

const sidesOf = (
  grant: CreditGrant,
  movement: Movement,
): Pick<CreditBalanceTransaction, 'credit' | 'debit' | 'type'> => {
  const { currency } = grant.amount.monetary
  const amount = { monetary: { currency, value: movement.value }, type: 'monetary' as const }
  const use = movement.use ?? null
  if ('credit' in movement) {
    const credit = { amount, credits_application_invoice_voided: use, type: movement.credit }
    return { credit, debit: null, type: 'credit' }
  }
  return { credit: null, debit: { amount, credits_applied: use, type: movement.debit }, type: 'debit' }
}

/** Writes a movement down, and tells of it. */
export const book = (world: World, grant: CreditGrant, movement: Movement): CreditBalanceTransaction =>
  world.insert(
    'billing.credit_balance_transaction',
    {
      credit_grant: grant.id,
      effective_at: movement.effectiveAt ?? world.now(),
      test_clock: grant.test_clock ?? null,
      ...sidesOf(grant, movement),
      $customer: grant.customer,
    },
    'billing.credit_balance_transaction.created',
  )

/** Takes out what is left. */
export const empty = (world: World, grant: CreditGrant, debit: Debit['type']): void => {
  const value = balanceOf(world, grant.id)
  if (value > 0) book(world, grant, { debit, value })
}
