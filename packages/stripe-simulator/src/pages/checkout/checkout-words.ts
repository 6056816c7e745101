import type { CustomAmount, Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import { type MethodType, methodTypes } from '../../domain/offered-methods.ts'
import type { SimulatorCore } from '../../simulator-core.ts'
import type { Content } from '../html.ts'
import { cadence, money } from '../parts/display.ts'

export interface Line {
  readonly name: string
  readonly detail: string
  readonly amount: string
  /** What else stands with it. */
  readonly extra?: Content
}

/** One line of what is bought: `Growth`, `$790.00 per year`, `2 × …`. */
export const lineOf = (core: SimulatorCore, item: CheckoutItem): Line => {
  const price = item.price as unknown as Price
  const product = core.find('product', price.product)
  const each = price.unit_amount
  const unit = each === null ? '' : `${money(each, item.currency)} ${cadence(price)}`.trim()
  return {
    name: product?.name ?? item.description ?? 'Item',
    detail: quantityText(item.quantity, unit, price.recurring !== null),
    amount: money(item.amount_subtotal, item.currency),
  }
}

/** Metered prices have no quantity before they are used. */
const quantityText = (quantity: number | null, unit: string, isRecurring: boolean): string => {
  if (quantity === null) return unit === '' ? 'Billed by use' : `${unit}, billed by use`
  if (quantity > 1) return `${quantity} × ${unit}`
  return isRecurring ? unit : ''
}

const daySeconds = 24 * 60 * 60

/** How many days are free, if the subscription starts with a trial. */
export const trialDays = (core: SimulatorCore, { id }: CheckoutSession): number => {
  const end = core.trialEnd(id)
  return end === null ? 0 : Math.ceil((end - core.now()) / daySeconds)
}

/** The kinds of methods that a session takes, of those that there is a form for. */
export const offeredBy = ({ payment_method_types: types }: CheckoutSession): MethodType[] =>
  methodTypes.filter((type) => types.includes(type)).sort((a, b) => types.indexOf(a) - types.indexOf(b))

const submitTypes: Readonly<Record<string, string>> = { book: 'Book', donate: 'Donate' }

/** The bounds of what the customer chooses to pay, if they choose. */
export const choiceOf = (core: SimulatorCore, { id }: CheckoutSession): CustomAmount | null =>
  (core.lineItems(id)[0]?.price.custom_unit_amount as CustomAmount | null | undefined) ?? null

const saveLabel = (session: CheckoutSession): string =>
  offeredBy(session).length > 1 ? 'Save payment method' : 'Save card'

/** What the one button does, with the amount where money is due now. */
export const payLabel = (core: SimulatorCore, session: CheckoutSession): string => {
  if (session.mode === 'setup') return saveLabel(session)
  if (session.mode === 'subscription') return trialDays(core, session) > 0 ? 'Start trial' : 'Subscribe'
  const verb = submitTypes[session.submit_type ?? ''] ?? 'Pay'
  if (choiceOf(core, session)) return verb
  return `${verb} ${money(session.amount_total ?? 0, session.currency ?? 'usd')}`
}

/** The address that is known already; it cannot be changed here. */
export const emailOf = ({ customer_details: details }: CheckoutSession): string | undefined =>
  typeof details?.email === 'string' ? details.email : undefined
