import { isPayable, maximumAmount, minimumAmount } from '../../domain/currency.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { CustomAmount } from '../../domain/objects/catalog.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { World } from '../../world.ts'
import { sessionTotals } from './lines.ts'
import { taxItems, taxShipping } from './tax.ts'

/** The bounds of what the customer chooses to pay, if they choose. */
export const choiceOf = ({ $items }: CheckoutSession): CustomAmount | null =>
  ($items[0]?.price.custom_unit_amount as CustomAmount | null | undefined) ?? null

const checkAmount = (amount: number, currency: string, { minimum, maximum }: CustomAmount): void => {
  const least = minimum ?? minimumAmount(currency)
  const most = maximum ?? maximumAmount(currency)
  if (amount >= least && amount <= most && isPayable(amount, currency)) return
  throw invalidRequest(`Please enter an amount between ${least} and ${most} in the smallest unit of ${currency}.`, {
    param: 'amount',
  })
}

/** The session with what the customer chose to pay; without a choice, what was proposed. */
export const withChosenAmount = (
  world: World,
  session: CheckoutSession,
  chosen: number | undefined,
): CheckoutSession => {
  const choice = choiceOf(session)
  if (!choice) return session
  const amount = chosen ?? choice.preset ?? 0
  checkAmount(amount, session.currency ?? '', choice)
  const items = session.$items.map((item) => ({ ...item, amount_subtotal: amount, amount_total: amount }))
  return world.update(
    session,
    sessionTotals(taxItems(world, session, items), taxShipping(world, session, session.shipping_cost)),
  )
}
