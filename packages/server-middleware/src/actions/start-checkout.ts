import type { Interval } from '@paywright/contract'
import type { Account, Evidence, Identity, Payer } from '../domain/account.ts'
import { type PlanDefinition, planById } from '../domain/catalog.ts'
import { type Checkout, type CheckoutOrder, type CheckoutSnapshot, sellsTheSame, slotOf } from '../domain/checkout.ts'
import { BillingError } from '../domain/errors.ts'
import { toReturnUrl } from '../domain/return-url.ts'
import { isCollectable, type Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { obtainSession } from './checkout-session.ts'
import { choosePack } from './choose-pack.ts'
import { ensureAccount } from './ensure-account.ts'
import { syncCheckout } from './sync-checkout.ts'
import { syncSubscriptions } from './sync-subscriptions.ts'
import { withCustomer } from './with-customer.ts'

export type StartCheckoutInput = {
  identity: Identity
  order: { planId: string; interval: Interval; quantity: number } | { packId: string; quantity: number }
  returnPath: string | null
  promotionCode: string | null
  evidence: Evidence | null
}

export type StartedCheckout = { url: string; sessionId: string }

/**
 * Opens the provider's hosted page for a plan or a pack. While one is open for the account, asking for the same gives
 * the same page and asking for something else closes it first: two tabs can never sell two subscriptions.
 *
 * @throws BillingError `already_subscribed`, `invalid_request`, `email_required`, `promotion_code_invalid`
 */
export const startCheckout = async (deps: Deps, input: StartCheckoutInput): Promise<StartedCheckout> => {
  refuseUnknown(deps, input.order)
  const { defaultReturnPath, trustedOrigins } = deps.policy
  const returnUrl = toReturnUrl(input.returnPath ?? defaultReturnPath, trustedOrigins).toString()
  const account = await ensureAccount(deps, input.identity)
  return withCustomer(deps, account, (payer) => sell(deps, payer, { input, returnUrl }))
}

type Wish = { input: StartCheckoutInput; returnUrl: string }

const sell = async (deps: Deps, account: Payer, { input, returnUrl }: Wish): Promise<StartedCheckout> => {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const sale = await toSale(deps, account, input.order)
    const session = await openCheckout(deps, account, draftCheckout(deps, { account, sale, returnUrl, input }))
    if (session?.url) return { url: session.url, sessionId: session.providerSessionId }
  }
  throw new BillingError(
    'request_in_progress',
    'Another checkout of this account is just being closed. Try again in a moment.',
  )
}

const refuseUnknown = (deps: Deps, order: StartCheckoutInput['order']): void => {
  if ('packId' in order) choosePack(deps, order.packId)
  else planForSale(deps, order)
}

const planForSale = (
  { catalog }: Deps,
  { planId, interval }: { planId: string; interval: Interval },
): PlanDefinition => {
  const isSold = (plan: PlanDefinition) => plan.prices[interval] !== undefined && plan.contactUrl === null
  const plan = planById(catalog, planId)
  if (plan && isSold(plan)) return plan
  const sold = Object.values(catalog.plans).filter(isSold)
  const message = `no plan ${planId} is sold by the ${interval}: choose one of ${sold.map(({ id }) => id).join(', ')}`
  throw new BillingError('invalid_request', `No checkout was opened: ${message}.`, {
    details: { fields: [{ path: 'planId', message }] },
  })
}

type Sale = { order: CheckoutOrder; slot: string }

const toSale = async (deps: Deps, account: Account, order: StartCheckoutInput['order']): Promise<Sale> => {
  if ('packId' in order) return withSlot({ kind: 'purchase', ...order, purchaseId: deps.newId() }, '')
  const plan = planForSale(deps, order)
  const subscriptions = await syncSubscriptions(deps, account)
  refuseSecond(subscriptions, plan)
  const trialDays = subscriptions.length === 0 ? plan.trialDays : 0
  return withSlot({ kind: 'subscription', ...order, trialDays }, plan.group)
}

const withSlot = (order: CheckoutOrder, group: string): Sale => ({ order, slot: slotOf(order, group) })

/** Decided on what the provider says, not on our mirror, which may be behind: a second subscription bills twice. */
const refuseSecond = (subscriptions: readonly Subscription[], plan: PlanDefinition): void => {
  const live = subscriptions.find((each) => each.group === plan.group && isCollectable(each))
  if (!live) return
  throw new BillingError(
    'already_subscribed',
    live.openInvoice
      ? 'This account has a subscription with an unpaid invoice. Pay that invoice, or manage the subscription in the portal.'
      : 'This account is subscribed already. Change its plan in the portal instead of subscribing again.',
    { details: { planId: live.planId } },
  )
}

type Draft = { account: Account; sale: Sale; returnUrl: string; input: StartCheckoutInput }

const dayMilliseconds = 86_400_000

const draftCheckout = (deps: Deps, { account, sale, returnUrl, input }: Draft): Checkout => {
  const createdAt = deps.clock.now()
  return {
    ...sale,
    id: deps.newId(),
    accountRef: account.ref,
    userId: input.identity.userId ?? null,
    returnUrl,
    promotionCode: input.promotionCode,
    providerSessionId: null,
    url: null,
    status: 'open',
    paid: false,
    providerSubscriptionId: null,
    evidence: input.evidence,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + dayMilliseconds),
  }
}

const isFor = (payer: Payer, { providerCustomerId }: CheckoutSnapshot): boolean =>
  providerCustomerId === null || providerCustomerId === payer.providerCustomerId

/** The session to send the buyer to; null when one was in the way that is now closed, and it is worth another try. */
const openCheckout = async (deps: Deps, account: Payer, wanted: Checkout): Promise<CheckoutSnapshot | null> => {
  const { outcome, checkout } = await deps.store.checkouts.open(wanted)
  const session = await obtainSession(deps, account, checkout)
  const linked = await deps.store.checkouts.linkSession(checkout.id, session)
  if (session.status === 'open' && sellsTheSame(checkout, wanted) && isFor(account, session)) {
    const fields = { account: account.ref, sessionId: session.providerSessionId, ...checkout.order }
    deps.logger.info({ ...fields, result: outcome }, 'checkout_started')
    return session
  }
  if (session.status === 'open') await deps.provider.expireCheckoutSession(session.providerSessionId)
  await syncCheckout(deps, linked)
  return null
}
