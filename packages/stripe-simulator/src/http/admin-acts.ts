import { invalidRequest } from '../domain/failure.ts'
import type { SimulatorCore } from '../simulator-core.ts'

const acts = [
  'applyPromotionCode',
  'removePromotionCode',
  'payCheckoutSession',
  'payInvoice',
  'raiseDispute',
  'decideDispute',
  'settlePayment',
  'verifyMicrodeposits',
  'onboardAccount',
  'demandOfAccount',
  'disconnectAccount',
  'portalUpdatePaymentMethod',
  'portalCancelSubscription',
  'portalResumeSubscription',
  'portalAcceptOffer',
  'portalPauseSubscription',
  'portalUpdateCustomer',
  'portalPreviewSwitch',
  'portalSwitchPlan',
] as const satisfies readonly (keyof SimulatorCore)[]

/** Does what a person would do on a hosted page, for tests that run in another process. */
export const act = (core: SimulatorCore, name: unknown, input: unknown): { readonly result: unknown } => {
  const verb = acts.find((each) => each === name)
  if (!verb || !Array.isArray(input)) throw invalidRequest(`A person can ${acts.join(', ')}; not ${String(name)}.`)
  const run = core[verb] as (...given: unknown[]) => unknown
  return { result: run(...input) ?? null }
}
