import type { Interval } from '@paywright/contract'
import { type Catalog, type PlanCredits, type PlanDefinition, planOf } from './catalog.ts'
import type { GrantTerms, Rollover } from './credits/state.ts'
import type { InvoiceLine, InvoiceSnapshot } from './invoice.ts'
import { monthsAfter, monthsOf, type Period } from './months.ts'

/** Credits of one month, or of what is left of it, that a paid line of an invoice brings. `key` names the money. */
export type PlanGrant = { key: string; plan: PlanDefinition; unit: string; grant: GrantTerms }

export const bringsCredits = (catalog: Catalog): boolean =>
  Object.values(catalog.plans).some(({ credits }) => credits !== null)

/**
 * What a paid invoice grants. The start of a subscription and each new period bring their months in full; the lines that
 * then settle a change within the period bring nothing. The invoice of such a change brings what its plan has beyond
 * the best one that `earlier` paid invoices of the subscription brought for the same time: so an upgrade grants the
 * prorated difference, going back and forth grants it once, and a downgrade takes nothing back.
 */
export const planGrantsOf = (
  catalog: Catalog,
  invoice: InvoiceSnapshot,
  earlier: readonly InvoiceSnapshot[],
): readonly PlanGrant[] => {
  const before = earlier.flatMap((each) => allowancesOf(catalog, each))
  return allowancesOf(catalog, invoice)
    .flatMap((allowance) => slicesOf(allowance, before))
    .filter(({ credits }) => credits > 0)
    .map((slice) => toGrant(invoice, slice))
}

/** A line that brings credits: so many each month, or once in a trial. */
type Allowance = {
  line: InvoiceLine
  plan: PlanDefinition
  terms: PlanCredits
  interval: Interval
  perMonth: number
  inTrial: number
}

const allowancesOf = (catalog: Catalog, { reason, lines }: InvoiceSnapshot): readonly Allowance[] =>
  lines.filter((line) => isGranting(reason, line)).flatMap((line) => toAllowance(catalog, line))

const isGranting = (reason: InvoiceSnapshot['reason'], { isProration, amountMinor }: InvoiceLine): boolean => {
  if (reason === 'other') return false
  return !isProration || (reason === 'subscription_update' && amountMinor > 0)
}

const toAllowance = (catalog: Catalog, line: InvoiceLine): readonly Allowance[] => {
  const found = planOf(catalog, line)
  const terms = found?.plan.credits
  if (!found?.isFirst || !terms) return []
  const { plan, interval, item } = found
  const units = item.kind === 'flat' ? 1 : line.quantity
  const isTrial = line.amountMinor === 0 && (plan.prices[interval]?.amountMinor ?? 0) > 0
  const [perMonth, inTrial] = isTrial ? [0, terms.inTrial * units] : [terms.perMonth * units, 0]
  return [{ line, plan, terms, interval, perMonth, inTrial }]
}

type Slice = Period & { allowance: Allowance; credits: number; number: number | null }

const slicesOf = (allowance: Allowance, before: readonly Allowance[]): readonly Slice[] => {
  const { line, inTrial, interval } = allowance
  const { startsAt, endsAt } = line
  if (inTrial > 0) return [{ allowance, credits: inTrial, startsAt, endsAt, number: null }]
  const count = monthsIn[interval]
  return monthsOf(wholePeriodOf(allowance, before), count).flatMap((month, index) => {
    const part = overlapOf(month, line)
    if (part === null) return []
    const credits = shareOf({ allowance, before }, part, month)
    return [{ ...part, allowance, credits, number: count === 1 ? null : index + 1 }]
  })
}

const monthsIn = { month: 1, year: 12 } as const satisfies Record<Interval, number>

/** The period that a line bills, or a part of. */
const wholePeriodOf = ({ line, interval }: Allowance, before: readonly Allowance[]): Period => {
  if (!line.isProration) return line
  const endsTogether = (each: Allowance) =>
    !each.line.isProration && each.interval === interval && each.line.endsAt.getTime() === line.endsAt.getTime()
  const { endsAt } = line
  return before.find(endsTogether)?.line ?? { startsAt: monthsAfter(endsAt, -monthsIn[interval]), endsAt }
}

const overlapOf = (a: Period, b: Period): Period | null => {
  const startsAt = new Date(Math.max(Number(a.startsAt), Number(b.startsAt)))
  const endsAt = new Date(Math.min(Number(a.endsAt), Number(b.endsAt)))
  return startsAt < endsAt ? { startsAt, endsAt } : null
}

type Sharing = { allowance: Allowance; before: readonly Allowance[] }

/** The month's credits for this part of it, beyond what was brought before; rounded down. */
const shareOf = ({ allowance, before }: Sharing, part: Period, month: Period): number => {
  const share = stretchesOf(part, before).reduce((sum, stretch) => {
    const covering = before.filter((each) => isAlike(each, allowance) && overlapOf(each.line, stretch) !== null)
    const brought = Math.max(0, ...covering.map(({ perMonth }) => perMonth))
    return sum + BigInt(Math.max(0, allowance.perMonth - brought)) * lengthOf(stretch)
  }, 0n)
  return Number(share / lengthOf(month))
}

/** Credits of another unit make up for none. */
const isAlike = (a: Allowance, b: Allowance): boolean => a.terms.unit === b.terms.unit

const lengthOf = ({ startsAt, endsAt }: Period): bigint => BigInt(endsAt.getTime() - startsAt.getTime())

/** Cuts a period where one of the allowances begins or ends. */
const stretchesOf = (part: Period, allowances: readonly Allowance[]): readonly Period[] => {
  const bounds = allowances.flatMap(({ line }) => [line.startsAt, line.endsAt])
  const cuts = bounds.filter((at) => part.startsAt < at && at < part.endsAt).toSorted((a, b) => Number(a) - Number(b))
  const ends = [...cuts, part.endsAt]
  return ends.map((endsAt, index) => ({ startsAt: ends[index - 1] ?? part.startsAt, endsAt }))
}

/** What begins with its line is there at once: the money has come, whatever our clock says. */
const toGrant = ({ providerInvoiceId }: InvoiceSnapshot, slice: Slice): PlanGrant => {
  const { allowance, credits, startsAt, endsAt, number } = slice
  const { line, plan, terms } = allowance
  const { providerLineId } = line
  return {
    key: [`grant:${providerInvoiceId}:${providerLineId}`, ...(number === null ? [] : [number])].join(':'),
    plan,
    unit: terms.unit,
    grant: {
      kind: 'plan',
      credits,
      effectiveAt: startsAt <= line.startsAt ? null : startsAt,
      expiresAt: endsAt,
      rollover: allowance.inTrial > 0 ? null : rolloverOf(terms, credits, endsAt),
      source: { planId: plan.id, providerInvoiceId, providerLineId },
    },
  }
}

const rolloverOf = ({ rollover }: PlanCredits, credits: number, endsAt: Date): Rollover | null => {
  if (!rollover) return null
  const { upTo, months } = rollover
  return { upTo: upTo ?? credits, expiresAt: months === null ? null : monthsAfter(endsAt, months) }
}
