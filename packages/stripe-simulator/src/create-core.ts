import { StripeFailure } from './domain/failure.ts'
import type { ObjectName, StripeObjects } from './domain/objects/all.ts'
import { offeredMethods } from './domain/offered-methods.ts'
import { render } from './domain/render.ts'
import { answerDebit, verifyOnPage } from './flows/bank-answers.ts'
import { needsCard, payCheckoutSession } from './flows/checkout/pay.ts'
import { applyPromotionCode, removePromotionCode } from './flows/checkout/promotion.ts'
import { challengeOf, completeChallenge } from './flows/confirmation.ts'
import { decideDispute, raiseDispute } from './flows/disputes.ts'
import { isProcessing, payHostedInvoice } from './flows/pay-invoice.ts'
import { updateCustomerInPortal } from './flows/portal/customer.ts'
import { acceptOffer, pauseInPortal } from './flows/portal/leave.ts'
import { previewInPortal, switchInPortal } from './flows/portal/switch.ts'
import { cancelInPortal, resumeInPortal, updatePaymentMethod } from './flows/portal/verbs.ts'
import { portalView } from './flows/portal/view.ts'
import { trialEndOf } from './flows/subscriptions/trial.ts'
import type { SimulatorCore } from './simulator-core.ts'
import type { World } from './world.ts'

export interface CoreParts {
  readonly world: World
  readonly publishableKey: string
  /** Called before each verb: what time brought about meanwhile. */
  readonly catchUp: () => void
  /** Called after each verb. */
  readonly onChange: () => void
}

const isDecline = (cause: unknown): boolean => cause instanceof StripeFailure && cause.error.type === 'card_error'

/** What the hosted pages may see and do. */
export const createCore = ({ world, publishableKey, catchUp, onChange }: CoreParts): SimulatorCore => {
  const session = (id: string) => world.need('checkout.session', id, { status: 404, param: 'session' })
  const doing = <T>(work: () => T): T => {
    catchUp()
    try {
      return world.atomically(work, isDecline)
    } finally {
      onChange()
    }
  }
  const list = <N extends ObjectName>(name: N): StripeObjects[N][] => world.store.all(name).reverse().map(render)
  return {
    publishableKey,
    url: () => world.url(''),
    now: () => world.now(),
    find: (name, id) => {
      catchUp()
      const found = world.store.get(name, id)
      return found && render(found)
    },
    list,
    lineItems: (id) => session(id).$items,
    needsCard: (id) => needsCard(session(id)),
    trialEnd: (id) => trialEndOf(world, session(id).$subscriptionData ?? {}),
    applyPromotionCode: (id, code) => doing(() => applyPromotionCode(world, session(id), code)),
    removePromotionCode: (id) => doing(() => removePromotionCode(world, session(id))),
    payCheckoutSession: (id, payment) => doing(() => payCheckoutSession(world, id, payment)),
    challenge: (id) => challengeOf(world, id),
    completeChallenge: (id, outcome) => doing(() => completeChallenge(world, id, outcome)),
    raiseDispute: (id, dispute = {}) =>
      doing(() => render(raiseDispute(world, world.need('charge', id, { status: 404, param: 'charge' }), dispute))),
    decideDispute: (id, outcome) =>
      doing(() => render(decideDispute(world, world.need('dispute', id, { status: 404, param: 'dispute' }), outcome))),
    isInvoiceProcessing: (id) => isProcessing(world, world.need('invoice', id, { status: 404, param: 'invoice' })),
    settlePayment: (id, outcome, failureCode) =>
      doing(() => render(answerDebit(world, id, { succeeds: outcome === 'succeed', failureCode }))),
    verifyMicrodeposits: (id, deposits) => doing(() => verifyOnPage(world, id, deposits)),
    offeredMethods: (currency) => offeredMethods(world.settings.paymentMethods, { currency }),
    payInvoice: (id, method) => doing(() => payHostedInvoice(world, id, method)),
    portalSession: (id) => portalView(world, id),
    portalUpdatePaymentMethod: (id, method) => doing(() => updatePaymentMethod(world, id, method)),
    portalCancelSubscription: (id, cancel) => doing(() => render(cancelInPortal(world, id, cancel))),
    portalResumeSubscription: (id, { subscriptionId }) =>
      doing(() => render(resumeInPortal(world, id, subscriptionId))),
    portalAcceptOffer: (id, { subscriptionId }) => doing(() => render(acceptOffer(world, id, subscriptionId))),
    portalPauseSubscription: (id, pause) => doing(() => render(pauseInPortal(world, id, pause))),
    portalUpdateCustomer: (id, changes) => doing(() => render(updateCustomerInPortal(world, id, changes))),
    portalPreviewSwitch: (id, change) => doing(() => previewInPortal(world, id, change)),
    portalSwitchPlan: (id, change) => doing(() => switchInPortal(world, id, change)),
  }
}
