import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam, noSuch, notSimulated } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { createCustomer, updateCustomer } from '../customers.ts'
import { applyDiscounts } from '../discounts.ts'
import { draftInvoice, waitingItems } from '../invoices/draft.ts'
import { recalculate } from '../invoices/price-lines.ts'
import { periodOf } from '../subscriptions/items.ts'
import { nextDraft, noUpcoming, previewed } from '../subscriptions/preview.ts'
import { refuseUnlocated } from '../tax/invoice-tax.ts'
import { addTaxId } from '../tax/tax-ids.ts'
import { changedDraft } from './changed.ts'
import type { PreviewInput } from './input.ts'
import { previewedItems } from './positions.ts'
import { startedDraft } from './started.ts'

const customerOf = (world: World, input: PreviewInput): Customer => {
  const { tax_ids = [], ...details } = input.customer_details ?? {}
  const id = input.customer ?? world.store.get('subscription', input.subscription ?? '')?.customer
  if (id === undefined && input.customer_details === undefined) throw missingParam('customer')
  const customer =
    id === undefined
      ? createCustomer(world, details)
      : updateCustomer(world, world.need('customer', id, { param: 'customer' }), details)
  for (const taxId of tax_ids) addTaxId(world, customer.id, taxId)
  return customer
}

const phaseEnds = (world: World, subscription: Subscription): boolean => {
  const schedule = world.store.get('subscription_schedule', subscription.schedule ?? '')
  const end = schedule?.current_phase?.end_date
  return end !== undefined && end <= periodOf(subscription).end && (schedule?.phases.length ?? 0) > 1
}

const ofSchedule = (world: World, id: string): string => {
  const schedule = world.need('subscription_schedule', id, { param: 'schedule' })
  const subscription = world.store.get('subscription', schedule.subscription ?? '')
  if (!subscription) throw noUpcoming(schedule.customer)
  if (phaseEnds(world, subscription)) throw notSimulated('the preview of a phase that has not begun', 'schedule')
  return subscription.id
}

const soonest = (world: World, customer: Customer): Subscription | undefined =>
  world.store
    .all('subscription')
    .filter((each) => each.customer === customer.id && each.ended_at === null)
    .sort((a, b) => periodOf(a).end - periodOf(b).end)[0]

/** The subscription that is asked about: the one that is named, or the one that bills this customer next. */
const subscriptionOf = (world: World, input: PreviewInput, customer: Customer): Subscription | undefined => {
  const { subscription: id, subscription_details: details, invoice_items } = input
  if (id === undefined) return details || invoice_items ? undefined : soonest(world, customer)
  const subscription = world.need('subscription', id, { param: 'subscription' })
  if (subscription.customer === customer.id) return subscription
  throw noSuch('subscription', id, { param: 'subscription' })
}

const checkedCurrency = (input: PreviewInput, subscription: Subscription | undefined): string | undefined => {
  const currency = input.currency === undefined ? undefined : checkCurrency(input.currency)
  if (!subscription || currency === undefined || currency === subscription.currency) {
    return currency ?? subscription?.currency
  }
  throw invalidRequest(`The subscription is billed in ${subscription.currency}.`, { param: 'currency' })
}

const prepared = (world: World, input: PreviewInput, subscription: Subscription): Subscription => {
  const { customer, currency, id } = subscription
  const owner = { customer, currency, subscription: id, known: subscription.discounts }
  const discounts =
    input.discounts === undefined ? subscription.discounts : applyDiscounts(world, input.discounts || [], owner)
  const taxed = input.automatic_tax?.enabled
  const automatic_tax =
    taxed === undefined ? subscription.automatic_tax : { ...subscription.automatic_tax, enabled: taxed }
  return world.update(subscription, { automatic_tax, discounts })
}

/** An invoice over nothing but positions: those that wait, and those that were asked about. */
const ofPositions = (world: World, input: PreviewInput, customer: Customer): Invoice => {
  const waiting = world.store
    .all('invoiceitem')
    .filter((item) => item.invoice === null && item.customer === customer.id)
  const currency = input.currency?.toLowerCase() ?? customer.currency ?? waiting[0]?.currency ?? 'usd'
  const items = waitingItems(world, { customer: customer.id, currency })
  if (items.length === 0) throw noUpcoming(customer.id)
  const id = world.ids.next('invoice')
  const discounts = applyDiscounts(world, input.discounts || [], { customer: customer.id, invoice: id, currency })
  return draftInvoice(world, {
    id,
    customer: customer.id,
    currency,
    reason: 'upcoming',
    lines: [],
    items,
    discounts,
    period: { start: world.now(), end: world.now() },
    taxed: input.automatic_tax?.enabled ?? false,
  })
}

const lastsForever = (world: World, id: string): boolean =>
  world.need('coupon', world.need('discount', id).source.coupon).duration === 'forever'

/** What comes again with every period: neither positions billed once, nor discounts that pass. */
const recurringOnly = (world: World, draft: Invoice): Invoice => {
  const data = draft.lines.data.filter(({ parent }) => parent.subscription_item_details !== null)
  const discounts = draft.discounts.filter((id) => lastsForever(world, id))
  return recalculate(world, draft, { discounts, lines: { ...draft.lines, data } })
}

const draftFor = (world: World, input: PreviewInput, customer: Customer): Invoice => {
  const details = input.subscription_details
  const found = subscriptionOf(world, input, customer)
  const currency = checkedCurrency(input, found)
  previewedItems(world, customer, { items: input.invoice_items, currency: currency ?? customer.currency ?? undefined })
  if (!found) return details?.items ? startedDraft(world, input, customer) : ofPositions(world, input, customer)
  const subscription = prepared(world, input, found)
  return details ? changedDraft(world, subscription, input) : nextDraft(world, subscription)
}

const draftOf = (world: World, input: PreviewInput): Invoice => {
  const customer = customerOf(world, input)
  if (input.automatic_tax?.enabled === true) refuseUnlocated(customer)
  const draft = draftFor(world, input, customer)
  const shown = input.preview_mode === 'recurring' ? recurringOnly(world, draft) : draft
  const known = input.customer !== undefined || input.subscription !== undefined
  return known ? shown : { ...shown, customer: null as unknown as string }
}

const refuseMixed = (input: PreviewInput): void => {
  if (input.schedule === undefined || (input.subscription === undefined && !input.subscription_details)) return
  throw invalidRequest('`schedule` cannot be used with `subscription` or `subscription_details`.', {
    param: 'schedule',
  })
}

/** The invoice that is billed next, or would be. */
export const createPreview = (world: World, given: PreviewInput): Invoice => {
  refuseMixed(given)
  const { schedule, ...input } = given
  return previewed(world, () =>
    draftOf(world, schedule === undefined ? input : { ...input, subscription: ofSchedule(world, schedule) }),
  )
}
