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

type Doing = <T>(id: string, work: () => T) => T

const portalVerbs = (world: World, doing: Doing) =>
  ({
    portalLogin: (id, email) =>
      doing(id, () => {
        const session = logIntoPortal(world, id, email)
        return session && render(session)
      }),
    portalSession: (id) => portalView(world, id),
    portalUpdatePaymentMethod: (id, method) => doing(id, () => updatePaymentMethod(world, id, method)),
    portalCancelSubscription: (id, cancel) => doing(id, () => render(cancelInPortal(world, id, cancel))),
    portalResumeSubscription: (id, { subscriptionId }) =>
      doing(id, () => render(resumeInPortal(world, id, subscriptionId))),
    portalAcceptOffer: (id, { subscriptionId }) => doing(id, () => render(acceptOffer(world, id, subscriptionId))),
    portalPauseSubscription: (id, pause) => doing(id, () => render(pauseInPortal(world, id, pause))),
    portalUpdateCustomer: (id, changes) => doing(id, () => render(updateCustomerInPortal(world, id, changes))),
    portalPreviewSwitch: (id, change) => doing(id, () => previewInPortal(world, id, change)),
    portalSwitchPlan: (id, change) => doing(id, () => switchInPortal(world, id, change)),
  }) satisfies Partial<SimulatorCore>

/** What the hosted pages may see and do. */
export const createCore = ({ world, publishableKey, catchUp, onChange }: CoreParts): SimulatorCore => {
  const session = (id: string) => world.need('checkout.session', id, { status: 404, param: 'session' })
  const timeOf = (id: string): number | undefined => clockOf(world, world.store.byId(id))?.frozen_time
  const doing: Doing = (id, work) => {
    catchUp()
    try {
      return world.at(timeOf(id), () => world.atomically(work, isDecline))
    } finally {
      onChange()
    }
  }
  const list = <N extends ObjectName>(name: N): StripeObjects[N][] => world.store.all(name).reverse().map(render)
  return {
    publishableKey,
    url: () => world.url(''),
    termsOfServiceUrl: () => world.settings.termsOfServiceUrl,
    now: () => world.now(),
    find: (name, id) => {
      catchUp()
      const found = world.store.get(name, id)
      return found && render(found)
    },
    list,
    lineItems: (id) => session(id).$items,
    needsCard: (id) => needsCard(session(id)),
    trialEnd: (id) => world.at(timeOf(id), () => trialEndOf(world, session(id).$subscriptionData ?? {})),
    applyPromotionCode: (id, code) => doing(id, () => applyPromotionCode(world, session(id), code)),
    removePromotionCode: (id) => doing(id, () => removePromotionCode(world, session(id))),
    changeCheckoutSession: (id, change) => doing(id, () => void changeSession(world, session(id), change)),
    takenOptions: (id) => Object.keys(session(id).$taken ?? {}),
    savedMethods: (id) => savedMethods(world, session(id)).map(render),
    recoverCheckoutSession: (id) => doing(id, () => recoverSession(world, session(id)).url ?? ''),
    payCheckoutSession: (id, payment) => doing(id, () => payCheckoutSession(world, id, payment)),
    challenge: (id) => challengeOf(world, id),
    completeChallenge: (id, outcome) => doing(id, () => completeChallenge(world, id, outcome)),
    raiseDispute: (id, dispute = {}) =>
      doing(id, () => render(raiseDispute(world, world.need('charge', id, { status: 404, param: 'charge' }), dispute))),
    decideDispute: (id, outcome) =>
      doing(id, () =>
        render(decideDispute(world, world.need('dispute', id, { status: 404, param: 'dispute' }), outcome)),
      ),
    isInvoiceProcessing: (id) => isProcessing(world, world.need('invoice', id, { status: 404, param: 'invoice' })),
    settlePayment: (id, outcome, failureCode) =>
      doing(id, () => render(answerDebit(world, id, { succeeds: outcome === 'succeed', failureCode }))),
    verifyMicrodeposits: (id, deposits) => doing(id, () => verifyOnPage(world, id, deposits)),
    offeredMethods: (currency) => offeredTypes(world, { currency }),
    payInvoice: (id, method) => doing(id, () => payHostedInvoice(world, id, method)),
    ...portalVerbs(world, doing),
  }
}
