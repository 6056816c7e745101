import type { LedgerRef, Operation, PaidCredits } from '../../src/domain/credits/operation.ts'
import type { GrantTerms } from '../../src/domain/credits/state.ts'
import { type CoinBook, type CoinTerms, coinTerms, type PaidCoins } from './coin-book.ts'
import { minutesOf, minutesOrForever } from './minutes.ts'

/** A charge that went through: which coins it took, and what was owed for it. */
export type Charged = { seq: number; coins: readonly number[]; owed: number }

/** An operation, when it comes, and the number of the entry that it became. */
export type Deed = { operation: Operation; now: number; ledger: LedgerRef; seq: number; charged: Charged[] }

type Naively = {
  [Op in Operation['op']]: (coins: CoinBook, deed: Deed, operation: Extract<Operation, { op: Op }>) => boolean
}

const always = (_: unknown): boolean => true

const deeds: Naively = {
  charge: (coins, { now, ledger, seq, charged }, { credits }) => {
    const before = coins.debt
    const spent = coins.charge(credits, now, ledger.overdraft)
    if (spent) charged.push({ seq, coins: spent, owed: coins.debt - before })
    return spent !== null
  },
  grant: (coins, _deed, { grant }) => always(coins.grant(toCoinTerms(grant), grant.credits)),
  hold: (coins, { now, seq }, { credits, lastsSeconds }) =>
    coins.hold(`h${seq}`, { credits, until: now + lastsSeconds / 60 }, now),
  capture: (coins, { now, ledger }, { holdId, credits, allowExtra: extra }) =>
    coins.capture(holdId, { credits, extra, overdraft: ledger.overdraft }, now),
  release: (coins, { now }, { holdId }) => coins.release(holdId, now),
  refund: (coins, { now, ledger }, { payment, refundId, amountMinor, failed }) => {
    const { refunds } = coins.claimOn(payment.paymentId)
    refunds.set(refundId, { amountMinor, failed: failed || refunds.get(refundId)?.failed === true })
    return always(coins.settle(toPaidCoins(payment), ledger.shortfall, now))
  },
  dispute: (coins, { now, ledger }, { payment, disputeId, amountMinor, status }) => {
    const { disputes } = coins.claimOn(payment.paymentId)
    if ((disputes.get(disputeId)?.status ?? 'open') === 'open') disputes.set(disputeId, { amountMinor, status })
    return always(coins.settle(toPaidCoins(payment), ledger.shortfall, now))
  },
  adjust: (coins, { now }, { credits }) =>
    credits > 0 ? always(coins.grant({ kind: 'promotional', ...coinTerms }, credits)) : coins.take(-credits, now),
  reverse: (coins, { now, charged }, { entry }) => {
    const charge = charged.find(({ seq }) => seq === entry.seq)
    if (!charge) return false
    coins.restore(charge.coins, now)
    coins.counts.spent -= charge.owed
    if (charge.owed > 0) coins.grant({ kind: 'promotional', ...coinTerms }, charge.owed)
    return true
  },
  freeze: (coins) => {
    coins.isFrozen = true
    return true
  },
  set_top_up: () => true,
  decline_top_up: () => true,
  unfreeze: (coins) => {
    coins.isFrozen = false
    return true
  },
}

/** Does to a list of coins what an operation does to a book; false when it is refused. */
export const doNaively = (coins: CoinBook, deed: Deed): boolean => {
  const work = deeds[deed.operation.op] as (coins: CoinBook, deed: Deed, operation: Operation) => boolean
  return work(coins, deed, deed.operation)
}

const toCoinTerms = ({ kind, effectiveAt, expiresAt, rollover, source }: GrantTerms): CoinTerms => ({
  kind,
  from: effectiveAt === null ? coinTerms.from : minutesOf(effectiveAt),
  until: minutesOrForever(expiresAt),
  rollover: rollover && { upTo: rollover.upTo, until: minutesOrForever(rollover.expiresAt) },
  payment: source.providerPaymentId ?? null,
})

const toPaidCoins = ({ paymentId, paidMinor, credits, kind, expiresAt }: PaidCredits): PaidCoins => ({
  payment: paymentId,
  paidMinor,
  credits,
  kind,
  until: minutesOrForever(expiresAt),
})
