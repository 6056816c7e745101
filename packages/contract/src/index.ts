export type { Account, CreateAccountRequest } from './accounts.ts'
export type {
  CheckoutRequest,
  CheckoutResponse,
  PortalFlow,
  PortalRequest,
  PortalResponse,
  ReturnPath,
} from './checkout.ts'
export { portalFlows } from './checkout.ts'
export type {
  CaptureRequest,
  ChargeRequest,
  ChargeResponse,
  CheckRequest,
  CheckResponse,
  Credits,
  EntriesQuery,
  Entry,
  EntryType,
  Grant,
  GrantKind,
  Hold,
  HoldRequest,
  HoldResponse,
  JsonObject,
  JsonValue,
  NamedAccount,
  Page,
  ReleaseRequest,
} from './credits.ts'
export { entryTypes, grantKinds } from './credits.ts'
export type { AnyProblem, BillingErrorCode, BillingErrorDetails, DetailsOf, InvalidField, Problem } from './errors.ts'
export { billingErrorCodes, isProblem } from './errors.ts'
export type { Currency, MinorAmount, Money, Timestamp } from './money.ts'
export type { Interval, Pack, Plan, PlanAction, PlanPrice, PlansResponse } from './plans.ts'
export type {
  PaymentFailure,
  Purchase,
  PurchaseQuery,
  PurchaseRequest,
  PurchaseStatus,
  StartedPurchase,
} from './purchases.ts'
export { purchaseStatuses } from './purchases.ts'
export type { RouteDefinition, RouteName, RouteTypes } from './routes.ts'
export { routes } from './routes.ts'
export type { CheckoutOutcome, Due, Status, StatusQuery } from './status.ts'
export type { Subscription, SubscriptionStatus } from './subscription.ts'
export { subscriptionStatuses } from './subscription.ts'
export type { Config, Health, OutboxHealth, WebhookReceipt } from './system.ts'
