import type { Account } from '../domain/account.ts'
import type { Effect, InvoiceFact } from '../domain/event.ts'
import type { InvoiceSnapshot } from '../domain/invoice.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { grantPlanCredits } from './grant-plan-credits.ts'
import { syncInvoice } from './sync-invoice.ts'
import { syncSubscription } from './sync-subscription.ts'

/**
 * Brings an invoice, its subscription and the credits of the plan to where the provider has them, and tells what is new
 * of it if that is still so. Null when it bills nobody of ours.
 */
export const settleInvoice = async (deps: Deps, fact: InvoiceFact): Promise<object | null> => {
  const { providerInvoiceId, providerSubscriptionId } = fact
  const subscription = providerSubscriptionId && (await syncSubscription(deps, providerSubscriptionId))
  const synced = await syncInvoice(deps, providerInvoiceId)
  if (!synced?.invoice) return subscription || synced
  if (subscription) await grantPlanCredits(deps, synced.invoice, subscription.providerSubscriptionId)
  const effect = effectOf(fact.type, synced.account, synced.invoice)
  if (effect) await announce(deps, effect)
  return synced
}

const effectOf = (news: InvoiceFact['type'], { accountId }: Account, invoice: InvoiceSnapshot): Effect | null => {
  if (news === 'invoice.changed') return null
  const { providerInvoiceId, currency, url, attemptCount, status } = invoice
  const about = { accountId, providerInvoiceId, currency, url }
  if (news === 'invoice.paid') {
    const key = `invoice.paid:${providerInvoiceId}`
    return status === 'paid' ? { ...about, type: news, key, amountMinor: invoice.amountPaidMinor } : null
  }
  const key = `${news}:${providerInvoiceId}:${attemptCount}`
  return status === 'open' ? { ...about, type: news, key, amountDueMinor: invoice.amountRemainingMinor } : null
}
