import { invalidRequest } from '../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../domain/metadata.ts'
import type { BalanceTransaction } from '../domain/objects/account.ts'
import type { Dispute, DisputeStatus } from '../domain/objects/dispute.ts'
import type { Charge } from '../domain/objects/payment.ts'
import type { World } from '../world.ts'

export interface DisputeInput {
  /** By default what is left of the charge. */
  readonly amount?: number
  readonly reason?: string
}

export interface EvidenceInput {
  readonly evidence?: Readonly<Record<string, unknown>>
  readonly metadata?: MetadataInput
  readonly intended_submission_method?: string
  readonly submit?: boolean
}

const fee = 1500
const answerSeconds = 7 * 86_400

type Booking = Pick<BalanceTransaction, 'amount' | 'currency' | 'fee'> & { readonly dispute: string }

const book = (world: World, { amount, currency, fee: cost, dispute }: Booking): BalanceTransaction =>
  world.insert('balance_transaction', {
    amount,
    available_on: world.now(),
    balance_type: 'payments',
    currency,
    description: amount < 0 ? 'Chargeback withdrawal' : 'Chargeback reversal',
    fee: cost,
    fee_details: [{ amount: cost, application: null, currency, description: 'Dispute fee', type: 'stripe_fee' }],
    net: amount - cost,
    reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
    source: dispute,
    status: 'available',
    type: 'adjustment',
  })

const refuseUndisputable = (charge: Charge): void => {
  const paid = charge.status === 'succeeded' && charge.captured && charge.source_transfer === null
  if (paid && charge.disputed !== true) return
  throw invalidRequest(`Charge ${charge.id} cannot be disputed: it was not paid, or is disputed already.`, {
    param: 'charge',
  })
}

const amountOf = (charge: Charge, asked: number | undefined): number => {
  const left = charge.amount - charge.amount_refunded
  const amount = asked ?? left
  if (amount > 0 && amount <= left) return amount
  throw invalidRequest(`A dispute of ${charge.id} can be over 1 to ${left}.`, { param: 'amount' })
}

const methodOf = (world: World, { payment_method }: Charge) => world.store.get('payment_method', payment_method ?? '')

/** A bank does not argue: what an account's owner disputes is lost. */
const isFinal = (world: World, charge: Charge): boolean => (methodOf(world, charge)?.type ?? 'card') !== 'card'

/** Visa's code for fraud in a shop without a counter. */
const fraudCode = '10.4'

const disputedCard = (world: World, charge: Charge) => {
  const method = methodOf(world, charge)
  const brand = method?.type === 'card' ? method.card.brand : 'visa'
  return { type: 'card', card: { brand, case_type: 'chargeback', network: brand, network_reason_code: fraudCode } }
}

/** The cardholder disputes a charge: the money is gone until the bank has decided. */
export const raiseDispute = (world: World, charge: Charge, input: DisputeInput): Dispute => {
  refuseUndisputable(charge)
  const { currency } = charge
  const amount = amountOf(charge, input.amount)
  const id = world.ids.next('dispute')
  const withdrawal = book(world, { amount: -amount, currency, fee, dispute: id })
  const { $disputesAt: _due, ...rest } = charge
  world.store.put({ ...rest, disputed: true })
  const dispute = world.insert(
    'dispute',
    {
      id,
      amount,
      balance_transactions: [withdrawal],
      charge: charge.id,
      currency,
      evidence_details: {
        due_by: world.now() + answerSeconds,
        enhanced_eligibility: {},
        has_evidence: false,
        past_due: false,
        submission_count: 0,
        submission_method: 'not_submitted',
      },
      metadata: {},
      payment_intent: charge.payment_intent,
      ...(isFinal(world, charge) ? {} : { payment_method_details: disputedCard(world, charge) }),
      reason: input.reason ?? (isFinal(world, charge) ? 'debit_not_authorized' : 'fraudulent'),
      status: 'needs_response',
    },
    'charge.dispute.created',
  )
  world.emit('charge.dispute.funds_withdrawn', dispute)
  return isFinal(world, charge) ? decideDispute(world, dispute, 'lost') : dispute
}

const refuseAnswered = (dispute: Dispute): void => {
  if (dispute.status === 'needs_response') return
  throw invalidRequest(`This dispute has a status of ${dispute.status}: its evidence cannot be changed.`, {
    code: 'dispute_not_editable',
  })
}

const decisions: Readonly<Record<string, 'lost' | 'won'>> = { losing_evidence: 'lost', winning_evidence: 'won' }

const submission = (world: World, dispute: Dispute, evidence: Dispute['evidence']): Partial<Dispute> => {
  const outcome = decisions[String(evidence.uncategorized_text)]
  const { evidence_details: details } = dispute
  const submission_count = details.submission_count + 1
  return {
    evidence_details: { ...details, has_evidence: true, submission_count, submission_method: 'manual' },
    status: 'under_review',
    ...(outcome ? { $decision: { at: world.now() + world.settings.disputeSeconds, outcome } } : {}),
  }
}

/** The answer to a dispute. It is the bank's from then on, unless it is only being prepared. */
export const answerDispute = (world: World, dispute: Dispute, input: EvidenceInput): Dispute => {
  const metadata = mergeMetadata(dispute.metadata, input.metadata)
  const intended = input.intended_submission_method ?? dispute.intended_submission_method
  const noted = { intended_submission_method: intended, metadata }
  if (input.evidence === undefined && input.submit !== true) {
    return world.update(dispute, noted, 'charge.dispute.updated')
  }
  refuseAnswered(dispute)
  const evidence = { ...dispute.evidence, ...input.evidence }
  const prepared = { evidence_details: { ...dispute.evidence_details, has_evidence: true } }
  const sent = input.submit === false ? prepared : submission(world, dispute, evidence)
  return world.update(dispute, { evidence, ...noted, ...sent }, 'charge.dispute.updated')
}

const open: readonly DisputeStatus[] = ['needs_response', 'under_review']

/** The bank has decided. A won dispute brings the money and the fee back. */
export const decideDispute = (world: World, given: Dispute, outcome: 'lost' | 'won'): Dispute => {
  if (!open.includes(given.status)) throw invalidRequest(`This dispute has been ${given.status}.`)
  const { $decision: _decision, ...dispute } = given
  world.store.put({ ...dispute })
  if (outcome === 'lost') {
    const lost = world.update(given, { status: 'lost', is_charge_refundable: false })
    world.emit('charge.dispute.closed', lost)
    return lost
  }
  const { amount, currency, id, balance_transactions } = given
  const reversal = book(world, { amount, currency, fee: -fee, dispute: id })
  const won = world.update(given, { status: 'won', balance_transactions: [...balance_transactions, reversal] })
  world.emit('charge.dispute.funds_reinstated', won)
  world.emit('charge.dispute.closed', won)
  return won
}

/** The dispute is given in to. */
export const closeDispute = (world: World, dispute: Dispute): Dispute => {
  refuseAnswered(dispute)
  return decideDispute(world, dispute, 'lost')
}

/** Nobody answered in time. */
const miss = (world: World, dispute: Dispute): void => {
  const evidence_details = { ...dispute.evidence_details, past_due: true }
  decideDispute(world, world.update(dispute, { evidence_details }), 'lost')
}

const duesOf = (world: World, dispute: Dispute) => {
  const { $decision: decision, evidence_details, status } = dispute
  if (decision)
    return [{ about: dispute, at: decision.at, run: () => void decideDispute(world, dispute, decision.outcome) }]
  if (status !== 'needs_response' || evidence_details.due_by === null) return []
  return [{ about: dispute, at: evidence_details.due_by, run: () => miss(world, dispute) }]
}

/** What time brings to charges on disputing cards, and to disputes. */
export const disputeDues = (world: World) => [
  ...world.store
    .all('charge')
    .filter((charge) => charge.$disputesAt !== undefined && charge.captured && !charge.refunded)
    .map((charge) => ({ about: charge, at: charge.$disputesAt ?? 0, run: () => void raiseDispute(world, charge, {}) })),
  ...world.store.all('dispute').flatMap((dispute) => duesOf(world, dispute)),
]
