import type { Checkout } from '../domain/checkout.ts'
import { differencesOf, type Mirrored } from '../domain/difference.ts'
import type { Purchase } from '../domain/purchase.ts'
import { type Subscription, toSubscription } from '../domain/subscription.ts'
import { applyFact } from './apply-fact.ts'
import { findSubscription } from './fetch-subscription.ts'
import { grantMissedCredits } from './grant-plan-credits.ts'
import { pageAfter } from './pages.ts'
import { syncCheckout } from './sync-checkout.ts'
import { syncSubscription } from './sync-subscription.ts'
import { type Tour, walk } from './walk.ts'

/** One thing that we mirror. */
type Mirror = {
  kind: Mirrored
  id: string
  /** Of what we hold, that which the provider decides. */
  held: object
  fetch: () => Promise<object | null>
  /** Brings ours in line; gives what we hold then. */
  mend: () => Promise<object | null>
}

/** Compares with the provider, tells what differs, and mends it. */
const compare = async ({ dryRun, findings }: Tour, { kind, id, held, fetch, mend }: Mirror): Promise<void> => {
  const truth = await fetch()
  const differences = differencesOf({ kind, id, held, truth })
  if (differences.length === 0) return
  const mended = dryRun || truth === null ? null : await mend()
  const left = new Set(mended && differencesOf({ kind, id, held: mended, truth }).map(({ field }) => field))
  for (const difference of differences) findings.found(difference, mended !== null && !left.has(difference.field))
}

export const reconcileSubscriptions = async (tour: Tour): Promise<void> => {
  const { store } = tour.deps
  await walk<Subscription>(tour, {
    kind: 'subscription',
    since: null,
    page: (after) => pageAfter(store.subscriptions.listLive, (each) => each.providerSubscriptionId, after),
    visit: async (subscriptions) => {
      for (const subscription of subscriptions) await compareSubscription(tour, subscription)
    },
  })
}

const compareSubscription = async (tour: Tour, held: Subscription): Promise<void> => {
  const { deps, dryRun } = tour
  const { providerSubscriptionId: id, accountRef } = held
  await compare(tour, {
    kind: 'subscription',
    id,
    held,
    fetch: async () => {
      const snapshot = await findSubscription(deps, id)
      return snapshot && toSubscription(deps.catalog, accountRef, snapshot)
    },
    mend: () => syncSubscription(deps, id),
  })
  if (!dryRun) await grantMissedCredits(deps, id)
}

export const reconcileCheckouts = async (tour: Tour): Promise<void> => {
  const { store } = tour.deps
  await walk<Checkout>(tour, {
    kind: 'checkout',
    since: null,
    page: (after) => pageAfter(store.checkouts.listUnsettled, ({ id }) => id, after),
    visit: async (checkouts) => {
      for (const checkout of checkouts) await compareCheckout(tour, checkout)
    },
  })
}

const compareCheckout = async (tour: Tour, checkout: Checkout): Promise<void> => {
  const { deps } = tour
  const { providerSessionId: id } = checkout
  if (id === null) return
  await compare(tour, {
    kind: 'checkout',
    id,
    held: stateOf(checkout),
    fetch: async () => {
      const session = await deps.provider.findCheckoutSession(id)
      return session && stateOf(session)
    },
    mend: async () => stateOf(await syncCheckout(deps, checkout)),
  })
}

const stateOf = ({ status, paid }: Pick<Checkout, 'status' | 'paid'>) => ({ status, paid })

/** Those that were started since then: of older ones most were given up, and stay open for ever. */
export const reconcilePurchases = async (tour: Tour, since: Date): Promise<void> => {
  const { store } = tour.deps
  await walk<Purchase>(tour, {
    kind: 'purchase',
    since,
    page: (after) =>
      pageAfter(
        (page) => store.purchases.listUnsettled({ ...page, since }),
        ({ id }) => id,
        after,
      ),
    visit: async (purchases) => {
      for (const purchase of purchases) await comparePurchase(tour, purchase)
    },
  })
}

const comparePurchase = async (tour: Tour, { id, providerPaymentId, status }: Purchase): Promise<void> => {
  const { deps } = tour
  if (providerPaymentId === null) return
  await compare(tour, {
    kind: 'purchase',
    id: providerPaymentId,
    held: { status },
    fetch: async () => {
      const payment = await deps.provider.findPaymentIntent(providerPaymentId)
      return payment && { status: payment.status }
    },
    mend: async () => {
      await applyFact(deps, { type: 'payment.changed', providerPaymentId })
      const settled = await deps.store.purchases.find(id)
      return settled && { status: settled.status }
    },
  })
}
