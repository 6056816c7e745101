import { toNote } from '../domain/credits/note.ts'
import type { InvoiceSnapshot } from '../domain/invoice.ts'
import { bringsCredits, type PlanGrant, planGrantsOf } from '../domain/plan-credits.ts'
import type { Deps } from '../ports/deps.ts'
import { ledgerOf } from './ledger-of.ts'

/**
 * Grants what a subscription's invoice brings by its plan, if it is paid. Keys name the lines that were paid, so in
 * whichever order and however often an invoice is heard of, it grants once.
 */
export const grantPlanCredits = async (
  deps: Deps,
  invoice: InvoiceSnapshot,
  providerSubscriptionId: string,
): Promise<void> => {
  if (!bringsCredits(deps.catalog) || invoice.status !== 'paid') return
  const isChange = invoice.reason === 'subscription_update'
  const paid = isChange ? await deps.provider.listPaidInvoices(providerSubscriptionId) : []
  await postGrants(deps, invoice, paid)
}

/** The same for all paid invoices whose time is not over: for credits whose webhook never came. */
export const grantMissedCredits = async (deps: Deps, providerSubscriptionId: string): Promise<void> => {
  if (!bringsCredits(deps.catalog)) return
  const now = deps.clock.now()
  const paid = await deps.provider.listPaidInvoices(providerSubscriptionId)
  const running = paid.filter(({ lines }) => lines.some(({ endsAt }) => endsAt > now))
  for (const invoice of running) await postGrants(deps, invoice, paid)
}

const postGrants = async (deps: Deps, invoice: InvoiceSnapshot, paid: readonly InvoiceSnapshot[]): Promise<void> => {
  const account = await deps.store.accounts.findByCustomer(invoice.providerCustomerId)
  if (!account) return
  const earlier = invoice.reason === 'subscription_update' ? paid.filter((each) => isBefore(each, invoice)) : []
  for (const planGrant of planGrantsOf(deps.catalog, invoice, earlier)) {
    const { key, plan, unit, grant } = planGrant
    const { outcome } = await deps.store.ledger.post(ledgerOf(deps, account, unit), toOperation(planGrant))
    const fields = { account: account.ref, plan: plan.id, unit, credits: grant.credits, key, result: outcome }
    // A conflict was granted before, on other terms: the catalog has changed since.
    if (outcome !== 'replayed') deps.logger.info(fields, 'plan_credits_granted')
  }
}

const isBefore = (a: InvoiceSnapshot, b: InvoiceSnapshot): boolean =>
  a.providerInvoiceId !== b.providerInvoiceId && a.createdAt < b.createdAt

const toOperation = ({ key, plan, grant }: PlanGrant) =>
  ({
    op: 'grant',
    key,
    grant,
    note: toNote({ description: `Comes with ${plan.name}` }),
  }) as const
