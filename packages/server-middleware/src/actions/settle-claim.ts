import type { Account } from '../domain/account.ts'
import { toNote } from '../domain/credits/note.ts'
import type { LedgerEntry, Operation, PaidCredits } from '../domain/credits/operation.ts'
import type { DisputeSnapshot } from '../domain/dispute.ts'
import type { RefundSnapshot } from '../domain/provider-call.ts'
import type { Purchase } from '../domain/purchase.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'
import { accountOf, settlePayment } from './settle-purchase.ts'

/**
 * Brings the credits of a payment in line with its refunds and disputes, all of which are looked at: in whichever order
 * and however often they are heard of, the credits end the same. Null for a payment that is none of ours.
 */
export const settleClaim = async (deps: Deps, providerPaymentId: string): Promise<Purchase | null> => {
  const purchase = await settlePayment(deps, providerPaymentId)
  if (purchase?.status !== 'succeeded') return purchase
  const payment = await paidCreditsOf(deps, purchase, providerPaymentId)
  if (payment) await postReversals(deps, { account: await accountOf(deps, purchase), purchase }, payment)
  return purchase
}

/** Credits are our own figure; what was really paid for them is the provider's: a promotion may have lowered it. */
const paidCreditsOf = async (
  { provider }: Deps,
  { credits }: Purchase,
  paymentId: string,
): Promise<PaidCredits | null> => {
  const payment = await provider.findPaymentIntent(paymentId)
  if (!payment || payment.amountReceivedMinor === 0) return null
  return { paymentId, paidMinor: payment.amountReceivedMinor, credits, kind: 'paid', expiresAt: null }
}

type Sale = { account: Account; purchase: Purchase }

const postReversals = async (deps: Deps, sale: Sale, payment: PaidCredits): Promise<void> => {
  const { account, purchase } = sale
  const { unit } = purchase
  const ledger = ledgerOf(deps, account, unit)
  const { refunds, disputes } = await deps.provider.findReversals(payment.paymentId)
  const operations = [
    ...refunds.map((refund) => toRefunding(payment, refund)),
    ...disputes.flatMap((dispute) => toDisputing(payment, dispute)),
  ]
  for (const operation of operations) {
    const posting = await deps.store.ledger.post(ledger, operation)
    const { outcome, entry } = requirePosted(deps, posting, { unit, credits: 0 })
    const fields = {
      account: account.ref,
      unit,
      paymentId: payment.paymentId,
      key: operation.key,
      credits: entry.credits,
    }
    if (outcome === 'posted') deps.logger.info(fields, 'claim_settled')
    if (operation.op === 'refund' && !operation.failed) await announceRefund(deps, sale, { refund: operation, entry })
  }
}

type Refunded = { refund: Extract<Operation, { op: 'refund' }>; entry: LedgerEntry }

const announceRefund = (deps: Deps, { account, purchase }: Sale, { refund, entry }: Refunded): Promise<void> =>
  announce(deps, {
    type: 'purchase.refunded',
    key: `purchase.refunded:${refund.refundId}`,
    accountId: account.accountId,
    paymentId: refund.payment.paymentId,
    refundId: refund.refundId,
    amountMinor: refund.amountMinor,
    currency: purchase.currency,
    credits: Math.abs(entry.credits),
  })

const toRefunding = (payment: PaidCredits, refund: RefundSnapshot): Operation => {
  const { providerRefundId: refundId, status, amountMinor } = refund
  const failed = status === 'failed' || status === 'canceled'
  const key = `refund:${refundId}:${failed ? 'failed' : 'made'}`
  return {
    op: 'refund',
    key,
    payment,
    refundId,
    amountMinor,
    failed,
    note: toNote({ description: failed ? 'Refund failed' : 'Refunded' }),
  }
}

const words = { open: 'Payment disputed', won: 'Dispute won', lost: 'Dispute lost' } as const

/** While the bank only asks, nothing has been taken. */
const toDisputing = (payment: PaidCredits, dispute: DisputeSnapshot): readonly Operation[] => {
  const { providerDisputeId: disputeId, status, amountMinor } = dispute
  if (status === 'inquiry') return []
  const key = `dispute:${disputeId}:${status}`
  return [{ op: 'dispute', key, payment, disputeId, amountMinor, status, note: toNote({ description: words[status] }) }]
}
