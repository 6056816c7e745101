import type { Invoice } from '../../../src/domain/objects/invoice.ts'
import type { Charge } from '../../../src/domain/objects/payment.ts'
import type { World } from '../../../src/world.ts'
import { linesOf, misplacedItems } from './bills.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What an object may become, from each of its states. A state that is not named is the end. */
const legal: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  payment_intent: {
    requires_payment_method: ['requires_confirmation', 'requires_action', 'processing', 'succeeded', 'canceled'],
    requires_confirmation: ['requires_payment_method', 'requires_action', 'processing', 'succeeded', 'canceled'],
    requires_action: ['requires_payment_method', 'requires_confirmation', 'processing', 'succeeded', 'canceled'],
    processing: ['requires_payment_method', 'requires_capture', 'succeeded'],
    requires_capture: ['succeeded', 'canceled'],
    succeeded: [],
    canceled: [],
  },
  subscription: {
    incomplete: ['active', 'trialing', 'incomplete_expired', 'canceled'],
    trialing: ['active', 'past_due', 'paused', 'canceled', 'unpaid'],
    active: ['past_due', 'unpaid', 'canceled', 'paused', 'trialing'],
    past_due: ['active', 'unpaid', 'canceled', 'trialing'],
    unpaid: ['active', 'past_due', 'canceled'],
    paused: ['active', 'canceled'],
    canceled: [],
    incomplete_expired: [],
  },
  invoice: {
    draft: ['open', 'paid', 'void', 'uncollectible'],
    open: ['paid', 'void', 'uncollectible'],
    uncollectible: ['paid', 'void'],
    paid: [],
    void: [],
  },
  'checkout.session': { open: ['complete', 'expired'], complete: [], expired: [] },
}

type Statuses = ReadonlyMap<string, string>

export const statusesOf = (world: World): Statuses => {
  const names = ['payment_intent', 'subscription', 'invoice', 'checkout.session'] as const
  const found = names.flatMap((name) =>
    world.store.all(name).map(({ id, status }) => [`${name} ${id}`, String(status)]),
  )
  return new Map(found as [string, string][])
}

/** Whether somewhere between two looks at it, an object can have gone this way. */
const reachable = (states: Readonly<Record<string, readonly string[]>>, from: string, to: string): boolean => {
  const seen = new Set([from])
  for (const state of seen) for (const next of states[state] ?? []) seen.add(next)
  return seen.has(to)
}

/** Statuses that do not exist, and ways between them that do not. */
export const illegalMoves = (before: Statuses, after: Statuses): string[] =>
  [...after].flatMap(([key, status]) => {
    const states = legal[key.split(' ')[0] ?? ''] ?? {}
    const old = before.get(key)
    if (!(status in states)) return [`${key} is ${status}`]
    return old === undefined || reachable(states, old, status) ? [] : [`${key} went from ${old} to ${status}`]
  })

const kept = (world: World, charge: Charge): number => {
  const refunds = world.store.all('refund').filter((refund) => refund.charge === charge.id)
  const gone = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled')
  return charge.amount - sum(gone.map(({ amount }) => amount))
}

const chargeProblems = (world: World, charge: Charge): string[] => {
  if (charge.status !== 'succeeded') return []
  const left = kept(world, charge)
  const problems = [
    left < 0 && `${charge.id} gave back more than it took`,
    charge.amount - charge.amount_refunded !== left && `${charge.id} counts ${charge.amount_refunded} refunded`,
    charge.refunded !== (left === 0) && `${charge.id} says refunded: ${charge.refunded}`,
  ]
  return problems.filter((problem) => problem !== false)
}

const intentProblems = (world: World): string[] =>
  world.store.all('payment_intent').flatMap((intent) => {
    const charges = world.store.all('charge').filter((charge) => charge.payment_intent === intent.id)
    const taken = sum(charges.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount))
    const wanted = intent.status === 'succeeded' ? intent.amount : 0
    return taken === wanted && intent.amount_received === taken
      ? []
      : [`${intent.id} is ${intent.status} over ${intent.amount}, received ${intent.amount_received}, took ${taken}`]
  })

const paidFor = (world: World, { id }: Invoice): number =>
  sum(
    world.store
      .all('invoice_payment')
      .filter((payment) => payment.invoice === id && payment.status === 'paid')
      .map(({ amount_paid }) => amount_paid ?? 0),
  )

/** What was paid outside of Stripe. */
const elsewhere = (invoice: Invoice): number => Number(invoice.amount_paid_off_stripe ?? 0)

const settled = (invoice: Invoice): boolean => invoice.status !== 'draft'

const invoiceProblems = (world: World, invoice: Invoice): string[] => {
  const { id, total, amount_due, amount_paid, amount_remaining, starting_balance, ending_balance } = invoice
  const problems = [
    total !== linesOf(invoice) && `${id}: total ${total}, lines ${linesOf(invoice)}`,
    amount_due !== amount_paid + amount_remaining && `${id}: due ${amount_due}, ${amount_paid} + ${amount_remaining}`,
    amount_paid - elsewhere(invoice) !== paidFor(world, invoice) &&
      `${id}: paid ${amount_paid}, payments ${paidFor(world, invoice)}`,
    amount_due < 0 && `${id}: due ${amount_due}`,
    settled(invoice) &&
      total + starting_balance !== amount_due + (ending_balance ?? 0) &&
      `${id}: ${total} + ${starting_balance} before, ${amount_due} + ${ending_balance} after`,
  ]
  return problems.filter((problem) => problem !== false)
}

const paymentProblems = (world: World): string[] =>
  world.store.all('invoice_payment').flatMap(({ id, status, payment, amount_requested }) => {
    const intent = world.store.get('payment_intent', payment.payment_intent)
    const agrees = (status === 'paid') === (intent?.status === 'succeeded') && intent?.amount === amount_requested
    return agrees
      ? []
      : [`${id} is ${status} over ${amount_requested}, its intent ${intent?.status} over ${intent?.amount}`]
  })

/** Money that came from nowhere, or went there. */
export const lostMoney = (world: World): string[] => {
  const { store } = world
  const charges = store.all('charge').filter(({ status }) => status === 'succeeded')
  const booked = sum(store.all('balance_transaction').map(({ amount }) => amount))
  const held = sum(charges.map((charge) => kept(world, charge)))
  return [
    ...charges.flatMap((charge) => chargeProblems(world, charge)),
    ...intentProblems(world),
    ...store.all('invoice').flatMap((invoice) => invoiceProblems(world, invoice)),
    ...paymentProblems(world),
    ...misplacedItems(world),
    ...(booked === held ? [] : [`the balance holds ${booked}, ${held} was kept`]),
  ]
}
