import type { PortalFlow } from '@paywright/contract'
import type { Request, Router } from 'express'
import { type Charge, chargeCredits } from './actions/charge-credits.ts'
import { type CreditCheck, checkCredits } from './actions/check-credits.ts'
import { captureHold, releaseHold } from './actions/end-hold.ts'
import { eraseEvidence } from './actions/erase-evidence.ts'
import { grantCredits } from './actions/grant-credits.ts'
import { type HeldCredits, type HoldInput, holdCredits } from './actions/hold-credits.ts'
import { type EntryPage, listEntries } from './actions/list-entries.ts'
import { openPortal } from './actions/open-portal.ts'
import { type EventOperations, operateEvents } from './actions/operate-events.ts'
import { type LedgerOperations, operateLedgers } from './actions/operate-ledgers.ts'
import { type OutboxOperations, operateOutbox } from './actions/operate-outbox.ts'
import { readCredits } from './actions/read-credits.ts'
import { type AccountStatus, readStatus } from './actions/read-status.ts'
import { registerAccount } from './actions/register-account.ts'
import { setTopUp } from './actions/set-top-up.ts'
import { startCheckout } from './actions/start-checkout.ts'
import { type PurchaseStart, startPurchase } from './actions/start-purchase.ts'
import { type SyncedAccount, syncAccount } from './actions/sync-account.ts'
import type { VerifiedLedgers } from './actions/verify-books.ts'
import { verifyLedgers } from './actions/verify-ledgers.ts'
import { type Work, type WorkedOff, withHold } from './actions/with-hold.ts'
import type {
  CaptureCall,
  ChargeCall,
  CheckoutCall,
  GrantCall,
  HoldCall,
  InUnit,
  ReleaseCall,
  TopUpCall,
} from './calls.ts'
import type { Account, Identity } from './domain/account.ts'
import { toNote } from './domain/credits/note.ts'
import type { Balance } from './domain/credits/operation.ts'
import type { CatalogChange } from './domain/provider-call.ts'
import { createHooks, type Hooks } from './hooks.ts'
import { createAdminRouter } from './http/admin-router.ts'
import { createGuards, type Guards } from './http/guards/create-guards.ts'
import { createRouter } from './http/router.ts'
import { createMetrics } from './metrics.ts'
import { type BillingOptions, parseOptions } from './options.ts'
import type { Deps } from './ports/deps.ts'
import type { IndexChange } from './ports/store.ts'
import { toDeps } from './to-deps.ts'
import { createWorker, type Worker } from './worker/worker.ts'

export type Billing<PlanId extends string = string, PackId extends string = string, Unit extends string = string> = {
  /** Mount it anywhere: `app.use('/billing', billing.router)`. */
  router: Router
  /** Mount it behind a guard of the host's own. */
  adminRouter: Router
  /** Middleware that refuses: `app.post('/ask', billing.guards.chargeCredits(1), answer)`. */
  guards: Guards<PlanId, Unit>
  /** What runs beside requests. Any number of processes may run it; without it the rest is right, but later. */
  worker: Worker
  /**
   * Hears of effects, at least once each; dedupe by `effect.key`. Add the same hooks in every process that has the router
   * or the worker: whoever tells an effect tells its own. Gives back a function that stops it.
   */
  on: Hooks['on']
  /** For the host's sign-up: the account and the provider's customer. Everything else makes them when it needs them. */
  ensureAccount(identity: Identity): Promise<Account>
  check(input: InUnit<Unit> & { accountId: string; credits?: number }): Promise<CreditCheck>
  charge(call: ChargeCall<Unit>): Promise<Charge>
  /** Gives credits away, once for each `key`; they are spent before those of a plan and those that were bought. */
  grant(call: GrantCall<Unit>): Promise<Charge>
  /** Lets the account buy a pack by itself when fewer credits than that are left; `null` ends it. */
  setTopUp(call: TopUpCall<PackId, Unit>): Promise<Balance>
  hold(call: HoldCall<Unit>): Promise<HeldCredits>
  capture(call: CaptureCall): Promise<Charge>
  release(call: ReleaseCall): Promise<Charge>
  /**
   * Sets credits aside, does the work and spends what it reports; gives them back when it throws. A `key` does its work
   * once: after that it is refused (`hold_closed`).
   *
   * @example
   * await billing.withHold({ accountId, credits: 50, description: 'A summary' }, async () => {
   *   const { text, tokens } = await summarize(file)
   *   return { result: text, credits: Math.ceil(tokens / 1000) }
   * })
   */
  withHold<Result>(call: HoldCall<Unit>, work: Work<Result>): Promise<WorkedOff<Result>>
  credits(input: InUnit<Unit> & { accountId: string }): Promise<Balance>
  entries(input: InUnit<Unit> & { accountId: string; cursor?: string; limit?: number }): Promise<EntryPage>
  status(identity: Identity & { sessionId?: string }): Promise<AccountStatus>
  startCheckout(call: CheckoutCall<PlanId, PackId>): Promise<{ url: string; sessionId: string }>
  startPurchase(call: Identity & { packId?: PackId; quantity?: number }): Promise<PurchaseStart>
  openPortal(call: Identity & { returnPath?: string; flow?: PortalFlow }): Promise<{ url: string }>
  /** Overwrites what we hold of an account with the provider's truth. */
  sync(input: { accountId: string }): Promise<SyncedAccount>
  /** Folds the entries of every ledger, or of one account's ledgers, and compares; changes nothing. */
  verify(input?: { accountId?: string }): Promise<VerifiedLedgers>
  /** For operators: shows, adjusts, reverses, freezes. */
  ledger: LedgerOperations
  /** For operators: replays, reconciles. */
  events: EventOperations
  /** For operators: what reached neither hooks nor people, and trying that again. */
  outbox: OutboxOperations
  eraseEvidence(input: { accountId: string }): Promise<{ erased: number }>
  catalog: { push(): Promise<readonly CatalogChange[]>; check(): Promise<readonly CatalogChange[]> }
  /** Makes the indexes that are missing, and anew those that differ; with `dryRun` it only says which they are. */
  migrate(options?: { dryRun?: boolean }): Promise<readonly IndexChange[]>
  close(): Promise<void>
}

/**
 * The whole kit, from the parts that the host hands in. Two of them may live in one process.
 *
 * @throws BillingError `misconfigured`, naming everything that is wrong with the options
 * @example
 * const billing = createBilling({
 *   provider: stripeProvider({ secretKey, publishableKey, webhookSecrets }),
 *   store: mongoStore({ connection: mongoose.connection }),
 *   catalog,
 *   identify: (req) => req.user && { accountId: req.user.workspaceId, email: req.user.email },
 * })
 * app.use('/billing', billing.router)
 */
export const createBilling = <PlanId extends string, PackId extends string, Unit extends string = string>(
  options: BillingOptions<PlanId, PackId, Request, Unit>,
): Billing<PlanId, PackId, Unit> => {
  const parsed = parseOptions(options, process.env.NODE_ENV === 'production')
  const hooks = createHooks()
  const metrics = createMetrics()
  const deps = toDeps(parsed, hooks, metrics)
  deps.provider.logTo?.(deps.logger)
  deps.provider.countIn?.(metrics)
  const context = {
    deps,
    identify: options.identify,
    authorizeService: options.authorizeService ?? null,
    evidence: options.evidence ?? null,
    trustedOrigins: parsed.trustedOrigins,
    rateLimit: parsed.rateLimit,
    bodyConsumed: parsed.webhooks.bodyConsumed,
    counts: { bodyConsumed: 0 },
    exposition: metrics,
  }
  const worker = createWorker(deps)
  return {
    router: createRouter(context),
    adminRouter: createAdminRouter(context),
    guards: createGuards<PlanId, Unit>(context),
    worker,
    on: hooks.on,
    ...createVerbs<PlanId, PackId, Unit>(deps),
    catalog: {
      push: () => deps.provider.pushCatalog(deps.catalog),
      check: () => deps.provider.checkCatalog(deps.catalog),
    },
    migrate: (options) => deps.store.migrate(options),
    close: async () => {
      await worker.stop()
      await deps.store.close()
    },
  }
}

const usualHoldSeconds = 300

const toHoldInput = (deps: Deps, call: HoldCall): HoldInput => {
  const {
    unit,
    credits,
    expiresInSeconds = usualHoldSeconds,
    key = deps.newId(),
    description,
    metadata = {},
    ...identity
  } = call
  return { identity, unit, credits, expiresInSeconds, key, note: toNote({ description, metadata }) }
}

type Verbs<PlanId extends string, PackId extends string, Unit extends string> = Omit<
  Billing<PlanId, PackId, Unit>,
  'router' | 'adminRouter' | 'guards' | 'worker' | 'on' | 'catalog' | 'migrate' | 'close'
>

/** The same verbs as over HTTP, without it. */
const createVerbs = <PlanId extends string, PackId extends string, Unit extends string>(
  deps: Deps,
): Verbs<PlanId, PackId, Unit> => ({
  ensureAccount: (identity) => registerAccount(deps, identity),
  check: ({ credits = 1, ...input }) => checkCredits(deps, { ...input, credits }),
  charge: ({ unit, credits = 1, key, description, metadata = {}, ...identity }) =>
    chargeCredits(deps, {
      identity,
      unit,
      credits,
      key: key ?? deps.newId(),
      note: toNote({ description, metadata }),
    }),
  grant: ({ unit, credits, reason, key, expiresAt = null, ...identity }) =>
    grantCredits(deps, { identity, unit, credits, reason, key, expiresAt }),
  setTopUp: ({ unit, topUp: terms, ...identity }) => setTopUp(deps, { identity, unit, terms }),
  hold: (call) => holdCredits(deps, toHoldInput(deps, call)),
  capture: ({ holdId, credits, allowExtra = false, ...identity }) =>
    captureHold(deps, { identity, holdId, credits, allowExtra, note: toNote({}) }),
  release: ({ holdId, ...identity }) => releaseHold(deps, { identity, holdId, note: toNote({}) }),
  withHold: (call, work) => withHold(deps, toHoldInput(deps, call), work),
  credits: (input) => readCredits(deps, input),
  entries: ({ cursor, limit = 20, ...input }) => listEntries(deps, { ...input, cursor: cursor ?? null, limit }),
  status: ({ sessionId, ...identity }) =>
    readStatus(deps, { identity, ...(sessionId === undefined ? {} : { sessionId }) }),
  startCheckout: ({ returnPath, promotionCode, quantity = 1, ...call }) =>
    startCheckout(deps, {
      identity: call,
      order:
        'packId' in call
          ? { packId: call.packId, quantity }
          : { planId: call.planId, interval: call.interval ?? 'month', quantity },
      returnPath: returnPath ?? null,
      promotionCode: promotionCode ?? null,
      evidence: null,
    }),
  startPurchase: ({ packId, quantity = 1, ...identity }) =>
    startPurchase(deps, { identity, packId: packId ?? null, quantity, evidence: null }),
  openPortal: ({ returnPath, flow, ...identity }) =>
    openPortal(deps, { identity, returnPath: returnPath ?? null, flow: flow ?? null }),
  sync: ({ accountId }) => syncAccount(deps, accountId),
  verify: (input) => verifyLedgers(deps, input),
  ledger: operateLedgers(deps),
  events: operateEvents(deps),
  outbox: operateOutbox(deps),
  eraseEvidence: ({ accountId }) => eraseEvidence(deps, accountId),
})
