'use client'

export {
  type BillingClient,
  type BillingClientInput,
  type CallOptions,
  createBillingClient,
} from './client/billing-client.ts'
export { BillingClientError, type ClientErrorCode, isBillingClientError } from './client/billing-client-error.ts'
export { billingKey, plansQuery, statusQuery } from './client/queries.ts'
export { AccountCredits, type AccountCreditsProps } from './components/AccountCredits.tsx'
export { CheckoutReturn, type CheckoutReturnProps } from './components/CheckoutReturn.tsx'
export { CreditMeter, type CreditMeterProps } from './components/CreditMeter.tsx'
export { PortalButton, type PortalButtonProps } from './components/PortalButton.tsx'
export { type PlanChoice, PricingTable, type PricingTableProps } from './components/PricingTable.tsx'
export { SubscriptionStatus, type SubscriptionStatusProps } from './components/SubscriptionStatus.tsx'
export type { Loadable } from './hooks/loadable.ts'
export type { PaymentSteps } from './hooks/pay.ts'
export { useCheckout } from './hooks/useCheckout.ts'
export { useCredits } from './hooks/useCredits.ts'
export type { Departure, DepartureState } from './hooks/useDeparture.ts'
export { usePlans } from './hooks/usePlans.ts'
export { usePortal } from './hooks/usePortal.ts'
export { useStatus } from './hooks/useStatus.ts'
export { type StripeStatus, useStripeStatus } from './hooks/useStripeStatus.ts'
export { useSubscription } from './hooks/useSubscription.ts'
export { type PaymentResult, type TopUpOptions, type TopUpPayment, useTopUp } from './hooks/useTopUp.ts'
export type { Messages, PluralMessage } from './lib/messages.ts'
export type { PaymentState, Refusal } from './lib/payment-sequence.ts'
export { BillingProvider, type BillingProviderProps } from './provider/BillingProvider.tsx'
export type { StripeAppearance } from './provider/billing-context.ts'
export type { BillingEvent } from './provider/billing-event.ts'
export type { StripeObject, StripeSource } from './provider/stripe-store.ts'
