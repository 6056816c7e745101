import type { Account } from '../domain/account.ts'
import { toNote } from '../domain/credits/note.ts'
import { mostDeclines, starterOf } from '../domain/credits/top-up.ts'
import { isOpen, type Purchase } from '../domain/purchase.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'
import { accountOf, settlePurchase } from './settle-purchase.ts'

/** Brings the purchase of a top-up to its end. One that was declined is called off: nobody is there to try another card. */
export const settleTopUp = async (deps: Deps, purchase: Purchase): Promise<Purchase> => {
  const settled = await settlePurchase(deps, purchase)
  if (settled.status === 'succeeded' || settled.status === 'processing') return settled
  const { failure } = settled
  const ended = isOpen(settled) ? await callOff(deps, settled) : settled
  if (ended.status !== 'canceled') return ended
  const code = failure?.code ?? 'payment_failed'
  const { id, packId, unit } = ended
  await declineTopUp(deps, await accountOf(deps, ended), { id, packId, unit, code })
  return ended
}

const callOff = async (deps: Deps, purchase: Purchase): Promise<Purchase> => {
  if (purchase.providerPaymentId !== null) await deps.provider.cancelPaymentIntent(purchase.providerPaymentId)
  return settlePurchase(deps, purchase)
}

type Decline = Pick<Purchase, 'id' | 'packId' | 'unit'> & { code: string }

/** Writes down that a top-up came to nothing, which makes the next one wait, and tells the host. */
export const declineTopUp = async (deps: Deps, account: Account, decline: Decline): Promise<void> => {
  const { id, packId, unit, code } = decline
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), {
    op: 'decline_top_up',
    key: `${id}:declined`,
    startedBy: starterOf(id),
    note: toNote({ description: 'Top-up declined' }),
  })
  const { balance } = requirePosted(deps, posting, { unit, credits: 0 })
  const isStopped = balance.topUp.declines >= mostDeclines
  deps.logger.warn({ account: account.ref, pack: packId, code, isStopped }, 'top_up_declined')
  const { accountId } = account
  await announce(deps, { type: 'top_up.declined', key: `top_up.declined:${id}`, accountId, packId, code, isStopped })
}
