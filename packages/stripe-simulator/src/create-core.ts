import { StripeFailure } from './domain/failure.ts'
import type { ObjectName, StripeObjects } from './domain/objects/all.ts'
import { render } from './domain/render.ts'
import { answerDebit, verifyOnPage } from './flows/bank-answers.ts'
import { changeSession } from './flows/checkout/change-session.ts'
import { needsCard, payCheckoutSession } from './flows/checkout/pay.ts'
import { applyPromotionCode, removePromotionCode } from './flows/checkout/promotion.ts'
import { recoverSession } from './flows/checkout/recover.ts'
import { savedMethods } from './flows/checkout/saved-methods.ts'
import { challengeOf, completeChallenge } from './flows/confirmation.ts'
import { deauthorize, demandOf, onboardAccount } from './flows/connect/accounts.ts'
import { leaveOnboarding, visitLink } from './flows/connect/onboarding.ts'
import { decideDispute, raiseDispute } from './flows/disputes.ts'
import { isProcessing, payHostedInvoice } from './flows/pay-invoice.ts'
import { offeredTypes } from './flows/payments/method-types.ts'
import { updateCustomerInPortal } from './flows/portal/customer.ts'
import { acceptOffer, pauseInPortal } from './flows/portal/leave.ts'
import { logIntoPortal } from './flows/portal/login.ts'
import { previewInPortal, switchInPortal } from './flows/portal/switch.ts'
import { cancelInPortal, resumeInPortal, updatePaymentMethod } from './flows/portal/verbs.ts'
import { portalView } from './flows/portal/view.ts'
import { trialEndOf } from './flows/subscriptions/trial.ts'
import { clockOf } from './flows/test-clocks/belonging.ts'
import type { SimulatorCore } from './simulator-core.ts'
import type { Accounts, World } from './world.ts'

export interface CoreParts {
  readonly accounts: Accounts
  readonly publishableKey: string
  /** Called before each verb: what time brought about meanwhile. */
  readonly catchUp: () => void
  /** Called after each verb. */
  readonly onChange: () => void
}

const isDecline = (cause: unknown): boolean => cause instanceof StripeFailure && cause.error.type === 'card_error'

const session = (world: World, id: string) => world.need('checkout.session', id, { status: 404, param: 'session' })

const account = (world: World, id: string) => world.need('account', id, { status: 404, param: 'account' })

type At = (id: string) => World

type Doing = <T>(id: string, work: (world: World) => T) => T

type AccountVerbs = 'onboardAccount' | 'demandOfAccount' | 'disconnectAccount' | 'visitOnboarding' | 'leaveOnboarding'

const accountVerbs = (doing: Doing): Pick<SimulatorCore, AccountVerbs> => ({
  onboardAccount: (id) => doing(id, (world) => render(onboardAccount(world, account(world, id)))),
  demandOfAccount: (id, requirement) => doing(id, (world) => render(demandOf(world, account(world, id), requirement))),
  disconnectAccount: (id) => doing(id, (world) => deauthorize(world, account(world, id))),
  visitOnboarding: (id) => doing(id, (world) => visitLink(world, id)),
  leaveOnboarding: (id, told) => doing(id, (world) => leaveOnboarding(world, id, told)),
})

type PortalVerbs = Extract<keyof SimulatorCore, `portal${string}`>

const portalVerbs = (at: At, doing: Doing): Pick<SimulatorCore, PortalVerbs> => ({
  portalLogin: (id, email) =>
    doing(id, (world) => {
      const opened = logIntoPortal(world, id, email)
      return opened && render(opened)
    }),
  portalSession: (id) => portalView(at(id), id),
  portalUpdatePaymentMethod: (id, method) => doing(id, (world) => updatePaymentMethod(world, id, method)),
  portalCancelSubscription: (id, cancel) => doing(id, (world) => render(cancelInPortal(world, id, cancel))),
  portalResumeSubscription: (id, { subscriptionId }) =>
    doing(id, (world) => render(resumeInPortal(world, id, subscriptionId))),
  portalAcceptOffer: (id, { subscriptionId }) => doing(id, (world) => render(acceptOffer(world, id, subscriptionId))),
  portalPauseSubscription: (id, pause) => doing(id, (world) => render(pauseInPortal(world, id, pause))),
  portalUpdateCustomer: (id, changes) => doing(id, (world) => render(updateCustomerInPortal(world, id, changes))),
  portalPreviewSwitch: (id, change) => doing(id, (world) => previewInPortal(world, id, change)),
  portalSwitchPlan: (id, change) => doing(id, (world) => switchInPortal(world, id, change)),
})

/** What the hosted pages may see and do. Each object is looked for in the account that has it. */
export const createCore = ({ accounts, publishableKey, catchUp, onChange }: CoreParts): SimulatorCore => {
  const { platform } = accounts
  const at: At = (id) => accounts.holding(id)
  /** Does something where an object is, at the time of its test clock. */
  const seeing = <T>(id: string, work: (world: World) => T): T => {
    const world = at(id)
    return world.at(clockOf(world, world.store.byId(id))?.frozen_time, () => work(world))
  }
  const doing: Doing = (id, work) => {
    catchUp()
    try {
      return seeing(id, (world) => world.atomically(() => work(world), isDecline))
    } finally {
      onChange()
    }
  }
  const list = <N extends ObjectName>(name: N): StripeObjects[N][] => platform.store.all(name).reverse().map(render)
  return {
    publishableKey,
    url: () => platform.url(''),
    termsOfServiceUrl: () => platform.settings.termsOfServiceUrl,
    now: () => platform.now(),
    find: (name, id) => {
      catchUp()
      const found = at(id).store.get(name, id)
      return found && render(found)
    },
    list,
    lineItems: (id) => session(at(id), id).$items,
    needsCard: (id) => needsCard(session(at(id), id)),
    trialEnd: (id) => seeing(id, (world) => trialEndOf(world, session(world, id).$subscriptionData ?? {})),
    applyPromotionCode: (id, code) => doing(id, (world) => applyPromotionCode(world, session(world, id), code)),
    removePromotionCode: (id) => doing(id, (world) => removePromotionCode(world, session(world, id))),
    changeCheckoutSession: (id, change) => doing(id, (world) => void changeSession(world, session(world, id), change)),
    takenOptions: (id) => Object.keys(session(at(id), id).$taken ?? {}),
    savedMethods: (id) => savedMethods(at(id), session(at(id), id)).map(render),
    recoverCheckoutSession: (id) => doing(id, (world) => recoverSession(world, session(world, id)).url ?? ''),
    payCheckoutSession: (id, payment) => doing(id, (world) => payCheckoutSession(world, id, payment)),
    challenge: (id) => challengeOf(at(id), id),
    completeChallenge: (id, outcome) => doing(id, (world) => completeChallenge(world, id, outcome)),
    raiseDispute: (id, dispute = {}) =>
      doing(id, (world) =>
        render(raiseDispute(world, world.need('charge', id, { status: 404, param: 'charge' }), dispute)),
      ),
    decideDispute: (id, outcome) =>
      doing(id, (world) =>
        render(decideDispute(world, world.need('dispute', id, { status: 404, param: 'dispute' }), outcome)),
      ),
    isInvoiceProcessing: (id) => isProcessing(at(id), at(id).need('invoice', id, { status: 404, param: 'invoice' })),
    settlePayment: (id, outcome, failureCode) =>
      doing(id, (world) => render(answerDebit(world, id, { succeeds: outcome === 'succeed', failureCode }))),
    verifyMicrodeposits: (id, deposits) => doing(id, (world) => verifyOnPage(world, id, deposits)),
    offeredMethods: (currency) => offeredTypes(platform, { currency }),
    ...accountVerbs(doing),
    payInvoice: (id, method) => doing(id, (world) => payHostedInvoice(world, id, method)),
    ...portalVerbs(at, doing),
  }
}
