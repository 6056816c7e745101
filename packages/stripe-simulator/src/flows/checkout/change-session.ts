import { invalidRequest } from '../../domain/failure.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { BuyerTold, CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CheckoutChange } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { priceAmount } from '../prices.ts'
import { checkDestination, chooseShipping } from './hear-buyer.ts'
import { duringTrial, toItem } from './lines.ts'
import { refuseLate } from './promotion.ts'
import { refuseSmall, reprice } from './reprice.ts'
import { startsWithTrial } from './trial.ts'

type Step = (world: World, session: CheckoutSession, change: CheckoutChange) => CheckoutSession

/** The same line, for as many. */
export const recounted = (world: World, item: CheckoutItem, quantity: number): CheckoutItem => {
  const amount = priceAmount(world, item.price as unknown as Price, quantity)
  return { ...item, quantity, amount_subtotal: amount, amount_total: amount }
}

/** A session with other lines: nothing recurring is due during a trial. */
export const withLines = (world: World, session: CheckoutSession, items: readonly CheckoutItem[]): CheckoutSession => {
  const $items = startsWithTrial(world, session) ? duringTrial(items) : items
  const changed = reprice(world, session, { $items })
  refuseSmall(session.mode, changed.$items)
  return changed
}

const checkQuantity = ({ adjustable_quantity: bounds }: CheckoutItem, quantity: number): void => {
  if (!bounds?.enabled)
    throw invalidRequest('The quantity of this line item cannot be adjusted.', { param: 'quantity' })
  if (quantity >= Math.max(bounds.minimum ?? 0, 1) && quantity <= (bounds.maximum ?? 99)) return
  throw invalidRequest(`The quantity has to be between ${bounds.minimum} and ${bounds.maximum}.`, { param: 'quantity' })
}

const adjustLine: Step = (world, session, { line }) => {
  if (!line) return session
  const found = session.$items.find(({ id }) => id === line.id)
  if (!found) throw invalidRequest(`No such line item: '${line.id}'`, { code: 'resource_missing', param: 'line_item' })
  checkQuantity(found, line.quantity)
  const items = session.$items.map((item) => (item === found ? recounted(world, item, line.quantity) : item))
  return withLines(world, session, items)
}

interface Offered {
  readonly session: CheckoutSession
  readonly price: string
}

const addOption = (world: World, { session, price }: Offered): CheckoutSession => {
  const offer = session.optional_items?.find((item) => item.price === price)
  if (!offer) throw invalidRequest('This item is not on offer.', { param: 'optional_item' })
  const { quantity, adjustable_quantity: bounds } = offer
  const line = { price, quantity, ...(bounds ? { adjustable_quantity: bounds } : {}) }
  const item = toItem(world, line, { param: 'optional_item' })
  const taking = world.update(session, { $taken: { ...session.$taken, [price]: item.id } })
  return withLines(world, taking, [...session.$items, item])
}

const removeOption = (world: World, { session, price }: Offered): CheckoutSession => {
  const { [price]: line, ...others } = session.$taken ?? {}
  const leaving = world.update(session, { $taken: others })
  return withLines(
    world,
    leaving,
    session.$items.filter(({ id }) => id !== line),
  )
}

const takeOption: Step = (world, session, { optional }) => {
  if (!optional) return session
  const { price, isWanted } = optional
  const isTaken = session.$taken?.[price] !== undefined
  if (isWanted === isTaken) return session
  return isWanted ? addOption(world, { session, price }) : removeOption(world, { session, price })
}

const takeRate: Step = (world, session, { shippingRateId }) =>
  shippingRateId === undefined ? session : chooseShipping(world, session, shippingRateId)

const toldFields = ['billing', 'businessName', 'email', 'individualName', 'phone', 'shipping', 'taxId'] as const

const checkShipping = (session: CheckoutSession, { shipping }: CheckoutChange): void => {
  if (!shipping) return
  if (session.permissions?.update_shipping_details === 'server_only') {
    throw invalidRequest('Shipping details of this session can only be updated by the server.', { param: 'shipping' })
  }
  checkDestination(session, shipping)
}

/** Where the buyer is may decide the tax. */
const follow = (world: World, session: CheckoutSession, told: BuyerTold): CheckoutSession => {
  const address = (told.shipping ?? told.billing)?.address ?? null
  if (!session.automatic_tax.enabled) return session
  return reprice(world, session, { customer_details: { ...session.customer_details, address } })
}

const tell: Step = (world, session, change) => {
  const said = toldFields.filter((field) => change[field] !== undefined)
  if (said.length === 0) return session
  checkShipping(session, change)
  const told = { ...session.$told, ...Object.fromEntries(said.map((field) => [field, change[field]])) }
  return follow(world, world.update(session, { $told: told }), told)
}

/** What a buyer changes before they pay: who they are, how many, what else, how it is delivered. */
export const changeSession: Step = (world, session, change) => {
  refuseLate(session)
  return [tell, adjustLine, takeOption, takeRate].reduce((now, step) => step(world, now, change), session)
}
