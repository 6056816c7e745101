import type { Account } from '../domain/account.ts'
import type { DisputeSnapshot } from '../domain/dispute.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { settleClaim } from './settle-claim.ts'

export type DisputedPayment = { providerDisputeId: string; providerPaymentId: string | null }

/** Brings a dispute, and the credits of its payment, to where the bank has them. Null when it is about nothing of ours. */
export const settleDispute = async (deps: Deps, fact: DisputedPayment): Promise<object | null> => {
  const purchase = fact.providerPaymentId && (await settleClaim(deps, fact.providerPaymentId))
  const { disputes } = deps.store
  const fetch = await disputes.startFetch(fact.providerDisputeId)
  const dispute = await deps.provider.findDispute(fact.providerDisputeId)
  const account = dispute && (await payerOf(deps, dispute))
  if (!account) return purchase || null
  await disputes.save({ ...dispute, accountRef: account.ref }, fetch)
  if (dispute.status === 'open') await announceOpened(deps, account, dispute)
  return dispute
}

const payerOf = async ({ store, provider }: Deps, { providerPaymentId }: DisputeSnapshot): Promise<Account | null> => {
  if (providerPaymentId === null) return null
  const customer = (await provider.findPaymentIntent(providerPaymentId))?.providerCustomerId
  return customer ? store.accounts.findByCustomer(customer) : null
}

const announceOpened = (deps: Deps, { accountId }: Account, dispute: DisputeSnapshot): Promise<void> => {
  const { providerDisputeId: disputeId, providerPaymentId: paymentId, amountMinor, currency, evidenceDueAt } = dispute
  const about = { accountId, paymentId, disputeId, amountMinor, currency, evidenceDueAt }
  return announce(deps, { ...about, type: 'dispute.opened', key: `dispute.opened:${disputeId}` })
}
