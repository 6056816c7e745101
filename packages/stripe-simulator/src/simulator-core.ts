import type { Router } from 'express'
import type { GivenContact } from './domain/address.ts'
import type { PortalSession } from './domain/objects/account.ts'
import type { ObjectName, StripeObjects } from './domain/objects/all.ts'
import type { BuyerTold, CheckoutItem } from './domain/objects/checkout.ts'
import type { ConnectedAccount } from './domain/objects/connect.ts'
import type { CardMethod, Customer } from './domain/objects/customer.ts'
import type { Dispute } from './domain/objects/dispute.ts'
import type { PaymentIntent } from './domain/objects/payment.ts'
import type { Subscription } from './domain/objects/subscription.ts'
import type { MethodType } from './domain/offered-methods.ts'
import type {
  PortalCancel,
  PortalCustomer,
  PortalPause,
  PortalSwitch,
  PortalView,
  SwitchPreview,
} from './portal-core.ts'

/** Two amounts in cents, or the code of the statement. */
export interface DepositsInput {
  readonly amounts?: readonly number[]
  readonly descriptor_code?: string
}

/** A card as somebody types it. The number decides how it behaves: see the card table. */
export interface CardInput {
  readonly number: string
  readonly expMonth: number
  readonly expYear: number
  readonly cvc: string
  readonly name?: string
  readonly postalCode?: string
  readonly country?: string
}

/** A bank account as somebody types it on a hosted page, where they also agree to be debited. */
export type BankDebitInput =
  | {
      readonly type: 'us_bank_account'
      readonly routingNumber: string
      readonly accountNumber: string
      readonly accountHolderType?: 'company' | 'individual'
      readonly accountType?: 'checking' | 'savings'
      readonly name: string
      readonly email?: string
    }
  | { readonly type: 'sepa_debit'; readonly iban: string; readonly name: string; readonly email?: string }

export type TypedMethod = { readonly card: CardInput } | { readonly bankDebit: BankDebitInput }

export type MethodInput = TypedMethod | { readonly paymentMethodId: string }

export type RequiresAction = {
  readonly status: 'requires_action'
  readonly intentId: string
  /** Where the customer proves who they are; they come back from there. */
  readonly challengeUrl: string
}

export type Declined = {
  readonly status: 'declined'
  readonly message: string
  readonly code: string
  readonly declineCode?: string
}

export interface CheckoutPayment {
  readonly billing?: Omit<GivenContact, 'name'> & { readonly name: string | null }
  readonly businessName?: string
  readonly consent?: { readonly promotions?: boolean; readonly termsOfService?: boolean }
  /** The answers to a session's custom fields, by key. */
  readonly customFields?: Readonly<Record<string, string>>
  readonly individualName?: string
  readonly phone?: string
  /** The buyer wants to find this card again. */
  readonly savePaymentMethod?: boolean
  readonly shipping?: GivenContact
  readonly shippingRateId?: string
  readonly email?: string
  readonly name?: string
  readonly card?: CardInput
  readonly bankDebit?: BankDebitInput
  readonly paymentMethodId?: string
  readonly promotionCode?: string
  /** Where the buyer is, if the session asks; a card's own address comes first. */
  readonly country?: string
  readonly postalCode?: string
  /** What the customer chooses to pay, where the price lets them. */
  readonly amount?: number
  /** Where the session collects one. */
  readonly taxId?: { readonly type: string; readonly value: string }
}

/** What a buyer changes on a session before they pay. */
export interface CheckoutChange {
  readonly billing?: BuyerTold['billing']
  readonly businessName?: string | null
  readonly email?: string | null
  readonly individualName?: string | null
  /** How many of a line. */
  readonly line?: { readonly id: string; readonly quantity: number }
  /** An optional item by its price, added or taken out. */
  readonly optional?: { readonly price: string; readonly isWanted: boolean }
  readonly phone?: string | null
  readonly shipping?: BuyerTold['shipping']
  readonly shippingRateId?: string
  readonly taxId?: BuyerTold['taxId']
}

export type CheckoutOutcome = { readonly status: 'complete'; readonly redirectUrl: string } | RequiresAction | Declined

export type PromotionOutcome = { readonly status: 'applied' } | { readonly status: 'refused'; readonly message: string }

export interface Challenge {
  readonly intentId: string
  readonly kind: 'payment_intent' | 'setup_intent'
  readonly amount?: number
  readonly currency?: string
  readonly returnUrl?: string
  /** Asked in the frame of an embedded page. */
  readonly isFramed?: boolean
}

export interface ChallengeOutcome {
  readonly status: string
  /** Where to go on; absent when a page is waiting for the answer behind a dialog. */
  readonly redirectUrl?: string
  readonly error?: { readonly message: string; readonly code: string }
}

/** An address as somebody types it. */
/** What an account link leads to. */
export type Onboarding =
  | { readonly status: 'open'; readonly accountId: string; readonly due: readonly string[] }
  | { readonly status: 'spent'; readonly refreshUrl: string }

/**
 * What the hosted pages see of the simulator. Amounts are integer minor units, times are unix seconds of simulated
 * time. Wrong input throws a `StripeFailure`.
 */
export interface SimulatorCore {
  readonly publishableKey: string
  url(): string
  termsOfServiceUrl(): string | null
  now(): number

  find<N extends ObjectName>(name: N, id: string): StripeObjects[N] | undefined
  /** Newest first. */
  list<N extends ObjectName>(name: N): StripeObjects[N][]

  lineItems(sessionId: string): readonly CheckoutItem[]
  needsCard(sessionId: string): boolean
  /** When the subscription that this session begins is first paid, if it begins with a trial. */
  trialEnd(sessionId: string): number | null
  applyPromotionCode(sessionId: string, code: string): PromotionOutcome
  removePromotionCode(sessionId: string): void
  changeCheckoutSession(sessionId: string, change: CheckoutChange): void
  /** The prices of the optional items that the buyer wants. */
  takenOptions(sessionId: string): readonly string[]
  /** The cards that the session's customer has saved and may be shown again. */
  savedMethods(sessionId: string): readonly CardMethod[]
  /** A fresh session in place of an expired one: where to go on. */
  recoverCheckoutSession(sessionId: string): string
  payCheckoutSession(sessionId: string, payment: CheckoutPayment): CheckoutOutcome

  challenge(intentId: string): Challenge | undefined
  completeChallenge(intentId: string, outcome: 'complete' | 'fail'): ChallengeOutcome

  /** The cardholder disputes a charge. */
  raiseDispute(chargeId: string, dispute?: { readonly amount?: number; readonly reason?: string }): Dispute
  /** The bank decides a dispute. */
  decideDispute(disputeId: string, outcome: 'lost' | 'won'): Dispute

  payInvoice(
    invoiceId: string,
    method: MethodInput,
  ): { readonly status: 'paid' | 'processing' } | RequiresAction | Declined
  /** Whether a debit that pays this invoice is on its way. */
  isInvoiceProcessing(invoiceId: string): boolean
  /** The bank answers a debit that is on its way: now, and as somebody wants it. */
  settlePayment(intentId: string, outcome: 'fail' | 'succeed', failureCode?: string): PaymentIntent
  /** The owner of a bank account says what small deposits arrived on it. */
  verifyMicrodeposits(intentId: string, deposits: DepositsInput): ChallengeOutcome
  /** What can be paid with here: for an invoice or a session its own, for a customer whatever is turned on. */
  offeredMethods(currency?: string | null): readonly MethodType[]

  /** The owner of a connected account tells Stripe all that it wants to know. */
  onboardAccount(accountId: string): ConnectedAccount
  /** Stripe wants to know more of a connected account, which can do nothing until it has been told. */
  demandOfAccount(accountId: string, requirement: string): ConnectedAccount
  /** The owner of a connected account takes the platform's access away. */
  disconnectAccount(accountId: string): void
  /** Opens an account link, which spends it. */
  visitOnboarding(linkId: string): Onboarding | undefined
  leaveOnboarding(linkId: string, told: boolean): { readonly redirectUrl: string }

  /** The portal of whoever has this address, from a hosted login page. */
  portalLogin(configurationId: string, email: string): PortalSession | undefined
  portalSession(sessionId: string): PortalView | undefined
  portalUpdatePaymentMethod(
    sessionId: string,
    method: TypedMethod,
  ): { readonly status: 'updated' } | RequiresAction | Declined
  portalCancelSubscription(sessionId: string, cancel: PortalCancel): Subscription
  portalResumeSubscription(sessionId: string, resume: { readonly subscriptionId: string }): Subscription
  /** Takes the coupon that a flow offers to whoever wants to leave. */
  portalAcceptOffer(sessionId: string, offer: { readonly subscriptionId: string }): Subscription
  portalPauseSubscription(sessionId: string, pause: PortalPause): Subscription
  portalUpdateCustomer(sessionId: string, changes: PortalCustomer): Customer
  portalPreviewSwitch(sessionId: string, change: PortalSwitch): SwitchPreview
  portalSwitchPlan(sessionId: string, change: PortalSwitch): { readonly status: 'switched' } | RequiresAction | Declined
}

/** The pages hang on the simulator's own server, in front of the API. */
export type Pages = (core: SimulatorCore) => Router
