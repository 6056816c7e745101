import { contactOf, type GivenContact } from '../../domain/address.ts'
import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Metadata } from '../../domain/objects/base.ts'
import type { CheckoutItem, CheckoutSession, IntentData } from '../../domain/objects/checkout.ts'
import type { SavedMethodOptions } from '../../domain/objects/checkout-parts.ts'
import type { World } from '../../world.ts'
import { adjustable } from './adjustable.ts'
import { recounted, withLines } from './change-session.ts'
import { checkItems, type LineInput, toItem } from './lines.ts'
import { refuseLate } from './promotion.ts'
import { reprice } from './reprice.ts'
import { type ShippingInput, shippingCost, shippingOptions } from './shipping.ts'

interface LineUpdate extends LineInput {
  readonly id?: string
}

export interface SessionUpdate {
  readonly collected_information?: { readonly shipping_details?: GivenContact }
  readonly line_items?: readonly LineUpdate[]
  readonly metadata?: MetadataInput
  readonly payment_intent_data?: IntentData
  readonly saved_payment_method_options?: Partial<SavedMethodOptions>
  readonly setup_intent_data?: IntentData
  readonly shipping_options?: readonly ShippingInput[] | ''
}

type Step = (world: World, session: CheckoutSession, update: SessionUpdate) => CheckoutSession

interface Placed {
  readonly line: LineUpdate
  readonly param: string
}

/** A line that stays, as far as its price is concerned; or another in its place. */
const pricedLine = (world: World, known: CheckoutItem, { line, param }: Placed): CheckoutItem => {
  const quantity = line.quantity ?? known.quantity
  const stays = line.price_data === undefined && (line.price === undefined || line.price === known.price.id)
  if (stays) return quantity === null ? known : recounted(world, known, quantity)
  return { ...toItem(world, { ...line, ...(quantity === null ? {} : { quantity }) }, { param }), id: known.id }
}

const updatedLine = (world: World, session: CheckoutSession, placed: Placed): CheckoutItem => {
  const { line, param } = placed
  if (line.id === undefined) return toItem(world, line, { param })
  const known = session.$items.find(({ id }) => id === line.id)
  if (!known) {
    throw invalidRequest(`No such line item: '${line.id}'`, { code: 'resource_missing', param: `${param}[id]` })
  }
  const bounds = line.adjustable_quantity ? adjustable(line.adjustable_quantity) : known.adjustable_quantity
  const metadata = mergeMetadata(known.metadata as Metadata, line.metadata)
  return { ...pricedLine(world, known, placed), adjustable_quantity: bounds, metadata }
}

const relist: Step = (world, session, { line_items: lines }) => {
  if (!lines) return session
  const items = lines.map((line, index) => updatedLine(world, session, { line, param: `line_items[${index}]` }))
  checkItems(items, session.mode)
  return withLines(world, session, items)
}

const reroute: Step = (world, session, { shipping_options: given }) => {
  if (given === undefined) return session
  if (session.mode !== 'payment') {
    throw invalidRequest(`You can not pass \`shipping_options\` in \`${session.mode}\` mode.`, {
      param: 'shipping_options',
    })
  }
  const options = shippingOptions(world, given === '' ? [] : given, session.currency)
  const chosen =
    options.find(({ shipping_rate }) => shipping_rate === session.shipping_cost?.shipping_rate) ?? options[0]
  const offering = world.update(session, { shipping_options: options })
  return reprice(world, offering, { shipping_cost: chosen ? shippingCost(chosen) : null })
}

const locate: Step = (world, session, { collected_information: given }) => {
  if (!given) return session
  if (session.ui_mode === 'hosted_page') {
    throw invalidRequest('`collected_information` can only be set on `embedded_page` and `elements` sessions.', {
      param: 'collected_information',
    })
  }
  if (!given.shipping_details) return session
  const shipping = contactOf(given.shipping_details)
  const { business_name = null, individual_name = null } = session.collected_information ?? {}
  return world.update(session, {
    collected_information: { business_name, individual_name, shipping_details: shipping },
    $told: { ...session.$told, shipping },
  })
}

const handedOn = (world: World, session: CheckoutSession, update: SessionUpdate): CheckoutSession => {
  const { payment_intent_data: payment, setup_intent_data: setup, saved_payment_method_options: saved } = update
  const options = session.saved_payment_method_options
  return world.update(session, {
    metadata: mergeMetadata(session.metadata, update.metadata),
    ...(payment ? { $paymentIntentData: { ...session.$paymentIntentData, ...payment } } : {}),
    ...(setup ? { $setupIntentData: { ...session.$setupIntentData, ...setup } } : {}),
    ...(saved && options ? { saved_payment_method_options: { ...options, ...saved } } : {}),
  })
}

const onlyMetadata = (update: SessionUpdate): boolean =>
  Object.keys(update).every((name) => name === 'metadata' || name === 'expand')

/** What a server changes on a session that it has made: anything while it is open, metadata for ever. */
export const updateSession: Step = (world, session, update) => {
  if (!onlyMetadata(update)) refuseLate(session)
  return [relist, reroute, locate, handedOn].reduce((now, step) => step(world, now, update), session)
}
