import type { CreditGrant } from './objects/credit.ts'
import type { LineDraft } from './objects/invoice.ts'

/** What comes off a line before tax: a discount, or billing credits. */
export type PretaxCredit =
  | { readonly amount: number; readonly discount: string; readonly type: 'discount' }
  | {
      readonly amount: number
      readonly credit_balance_transaction: string
      readonly type: 'credit_balance_transaction'
    }

export const pretaxCreditsOf = (line: LineDraft): readonly PretaxCredit[] =>
  line.pretax_credit_amounts as readonly PretaxCredit[]

/** The billing credits that pay for a line. */
export const creditedOn = (line: LineDraft): number =>
  pretaxCreditsOf(line).reduce((sum, { amount, type }) => sum + (type === 'discount' ? 0 : amount), 0)

/** A line without its discounts and credits: what tax is due on. */
export const netOf = (line: LineDraft): number =>
  line.amount - line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0) - creditedOn(line)

export const isUsable = (grant: CreditGrant, now: number): boolean =>
  grant.voided_at === null && grant.effective_at <= now && (grant.expires_at === null || grant.expires_at > now)

/** Whether a grant pays for a metered price. */
export const covers = ({ applicability_config: { scope } }: CreditGrant, price: string): boolean =>
  scope.prices ? scope.prices.some(({ id }) => id === price) : scope.price_type === 'metered'

const ranks: readonly ((grant: CreditGrant) => number)[] = [
  (grant) => grant.priority,
  (grant) => grant.expires_at ?? Number.POSITIVE_INFINITY,
  (grant) => (grant.category === 'promotional' ? 0 : 1),
  (grant) => grant.effective_at,
  (grant) => grant.created,
]

const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

/** The order in which grants are used: priority, soonest gone, given away before paid for, oldest. */
export const inOrder = (grants: readonly CreditGrant[]): CreditGrant[] =>
  [...grants].sort((a, b) => ranks.reduce((order, rank) => order || compare(rank(a), rank(b)), 0))
