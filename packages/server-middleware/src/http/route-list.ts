import type { Route } from './define-route.ts'
import { createAccountRoute } from './routes/accounts.ts'
import { startCheckoutRoute } from './routes/checkout.ts'
import { getConfigRoute } from './routes/config.ts'
import { chargeCreditsRoute, checkCreditsRoute, getCreditsRoute, listEntriesRoute } from './routes/credits.ts'
import { getHealthRoute } from './routes/health.ts'
import { captureHoldRoute, holdCreditsRoute, releaseHoldRoute } from './routes/holds.ts'
import { createOpenApiRoute } from './routes/openapi.ts'
import { listPlansRoute } from './routes/plans.ts'
import { openPortalRoute } from './routes/portal.ts'
import { getPurchaseRoute, startPurchaseRoute } from './routes/purchases.ts'
import { getStatusRoute } from './routes/status.ts'
import { receiveProviderWebhookRoute, receiveWebhookRoute } from './routes/webhook.ts'

const described: readonly Route[] = [
  createAccountRoute,
  getConfigRoute,
  listPlansRoute,
  getStatusRoute,
  startCheckoutRoute,
  startPurchaseRoute,
  getPurchaseRoute,
  getCreditsRoute,
  listEntriesRoute,
  checkCreditsRoute,
  chargeCreditsRoute,
  holdCreditsRoute,
  captureHoldRoute,
  releaseHoldRoute,
  openPortalRoute,
  receiveWebhookRoute,
  receiveProviderWebhookRoute,
  getHealthRoute,
]

/** Every route of the contract, the description of them all last. */
export const listRoutes = (): readonly Route[] => [...described, createOpenApiRoute(described)]
