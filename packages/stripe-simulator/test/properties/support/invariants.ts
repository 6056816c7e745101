import { creditedOn } from '../../../src/domain/credits.ts'
import type { Invoice } from '../../../src/domain/objects/invoice.ts'
import type { Charge } from '../../../src/domain/objects/payment.ts'
import type { World } from '../../../src/world.ts'
import { linesOf, misplacedItems } from './bills.ts'
import { lostCredit } from './credit-invariants.ts'

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

/** What was taken and not given back. */
const kept = (world: World, charge: Charge): number => {
  if (!charge.captured) return 0
  const refunds = world.store.all('refund').filter((refund) => refund.charge === charge.id)
  const gone = refunds.filter(({ status }) => status !== 'failed' && status !== 'canceled')
  return charge.amount_captured - sum(gone.map(({ amount }) => amount))
}

/** Of what is only held, nothing is taken, and all of it is let go or nothing. */
const heldProblems = ({ id, amount, amount_captured, amount_refunded, balance_transaction, refunded }: Charge) => {
  const whole = amount_refunded === (refunded ? amount : 0)
  return amount_captured === 0 && balance_transaction === null && whole ? [] : [`${id} is held, and took or gave back`]
}

const chargeProblems = (world: World, charge: Charge): string[] => {
  if (charge.status !== 'succeeded' || !charge.captured) return heldProblems(charge)
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
    const taken = sum(charges.filter(({ captured, paid }) => captured && paid).map((each) => each.amount_captured))
    const whole = intent.capture_method === 'manual' ? Math.min(intent.amount_received, intent.amount) : intent.amount
    const wanted = intent.status === 'succeeded' ? whole : 0
    return taken === wanted && intent.amount_received === taken
      ? []
      : [`${intent.id} is ${intent.status} over ${intent.amount}, received ${intent.amount_received}, took ${taken}`]
  })

/** A paid session is paid to the cent: its lines, less what is taken off, and its delivery. */
const sessionProblems = (world: World): string[] =>
  world.store
    .all('checkout.session')
    .flatMap(({ id, $items, amount_total, payment_intent, payment_status, shipping_cost }) => {
      const lines = sum($items.map((item) => item.amount_total)) + (shipping_cost?.amount_total ?? 0)
      const intent = world.store.get('payment_intent', payment_intent ?? '')
      const isOff = payment_status === 'paid' && intent !== undefined && intent.amount !== amount_total
      return [
        ...(amount_total === null || amount_total === lines ? [] : [`${id}: total ${amount_total}, lines ${lines}`]),
        ...(isOff ? [`${id}: paid ${intent.amount} of ${amount_total}`] : []),
      ]
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
  const billed = amount_due + invoice.pre_payment_credit_notes_amount
  const problems = [
    total !== linesOf(invoice) && `${id}: total ${total}, lines ${linesOf(invoice)}`,
    amount_due !== amount_paid + amount_remaining && `${id}: due ${amount_due}, ${amount_paid} + ${amount_remaining}`,
    amount_paid - elsewhere(invoice) !== paidFor(world, invoice) &&
      `${id}: paid ${amount_paid}, payments ${paidFor(world, invoice)}`,
    amount_due < 0 && `${id}: due ${amount_due}`,
    settled(invoice) &&
      total + starting_balance !== billed + (ending_balance ?? 0) &&
      `${id}: ${total} + ${starting_balance} before, ${billed} + ${ending_balance} after`,
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

const worth = (side: { readonly amount: { readonly monetary: { readonly value: number } } } | null): number =>
  side?.amount.monetary.value ?? 0

/** Credits are used once, and what an invoice says was used is what left the grants. */
const creditProblems = (world: World): string[] => {
  const all = world.store.all('billing.credit_balance_transaction')
  const grants = world.store.all('billing.credit_grant').flatMap(({ id, amount }) => {
    const own = all.filter(({ credit_grant }) => credit_grant === id)
    const left = sum(own.map(({ credit, debit }) => worth(credit) - worth(debit)))
    return left < 0 || left > amount.monetary.value ? [`${id} has ${left} of ${amount.monetary.value}`] : []
  })
  const invoices = world.store.all('invoice').flatMap((invoice) => {
    const shown = sum(invoice.lines.data.map(creditedOn))
    const own = all.filter(({ debit }) => debit?.credits_applied?.invoice === invoice.id)
    const back = all.filter(({ credit }) => credit?.credits_application_invoice_voided?.invoice === invoice.id)
    const used = sum(own.map(({ debit }) => worth(debit)))
    const returned = sum(back.map(({ credit }) => worth(credit)))
    const kept = invoice.status === 'void' ? used - returned : returned
    return shown === used && kept === 0 ? [] : [`${invoice.id} shows ${shown}, used ${used}, gave back ${returned}`]
  })
  return [...grants, ...invoices]
}

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
    ...lostCredit(world),
    ...misplacedItems(world),
    ...creditProblems(world),
    ...sessionProblems(world),
    ...(booked === held ? [] : [`the balance holds ${booked}, ${held} was kept`]),
  ]
}
