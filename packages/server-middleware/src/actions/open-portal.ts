import type { PortalFlow } from '@paywright/contract'
import type { Account, Identity } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import { toReturnUrl, withQuery } from '../domain/return-url.ts'
import { currentOf, isEnded } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { ensureAccount } from './ensure-account.ts'
import { withCustomer } from './with-customer.ts'

export type OpenPortalInput = { identity: Identity; returnPath: string | null; flow: PortalFlow | null }

/**
 * Opens the provider's page where an account manages its subscription, cards and invoices. The way back carries a token
 * that works once and makes the status synchronise, cards included, so that the page is right even if no webhook came.
 *
 * @throws BillingError `not_found` when a flow needs a subscription and there is none
 */
export const openPortal = async (deps: Deps, input: OpenPortalInput): Promise<{ url: string }> => {
  const { defaultReturnPath, trustedOrigins } = deps.policy
  const returnUrl = toReturnUrl(input.returnPath ?? defaultReturnPath, trustedOrigins)
  const account = await ensureAccount(deps, input.identity)
  const visit = deps.newId()
  const { url } = await withCustomer(deps, account, async ({ providerCustomerId }) =>
    deps.provider.openPortal({
      providerCustomerId,
      returnUrl: withQuery(returnUrl, { portal_return: visit }),
      flow: input.flow,
      providerSubscriptionId: await subjectOf(deps, account, input.flow),
    }),
  )
  await deps.store.portalVisits.open(visit, account.ref, deps.clock.now())
  deps.logger.info({ account: account.ref, flow: input.flow }, 'portal_opened')
  return { url }
}

const subjectOf = async (deps: Deps, account: Account, flow: PortalFlow | null): Promise<string | null> => {
  if (flow === null || flow === 'payment_method_update') return null
  const subscription = currentOf(await deps.store.subscriptions.list(account.ref))
  if (subscription && !isEnded(subscription)) return subscription.providerSubscriptionId
  throw new BillingError('not_found', 'This account has no subscription to change.')
}
