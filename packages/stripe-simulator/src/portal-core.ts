import type { PauseInterval, PortalConfiguration, PortalSession } from './domain/objects/account.ts'
import type { Customer, PaymentMethod } from './domain/objects/customer.ts'
import type { Invoice } from './domain/objects/invoice.ts'
import type { Subscription } from './domain/objects/subscription.ts'
import type { TaxId } from './domain/objects/tax.ts'

export type AddressInput = Partial<Record<'city' | 'country' | 'line1' | 'line2' | 'postal_code' | 'state', string>>

export interface PortalView {
  readonly session: PortalSession
  readonly configuration: PortalConfiguration
  readonly customer: Customer
  readonly subscriptions: readonly Subscription[]
  readonly invoices: readonly Invoice[]
  readonly paymentMethods: readonly PaymentMethod[]
  readonly defaultPaymentMethodId: string | null
  readonly returnUrl: string | null
  /** Prices that the configuration lets a customer switch to. */
  readonly priceIds: readonly string[]
  /** How many of a product they can have, where they may change that. */
  readonly quantities: Readonly<Record<string, { readonly minimum: number; readonly maximum: number | null }>>
  readonly taxIds: readonly TaxId[]
}
export interface PortalCancel {
  readonly subscriptionId: string
  readonly reason?: string
  readonly comment?: string
}
export interface PortalSwitch {
  readonly subscriptionId: string
  /** By default the price that there is. */
  readonly priceId?: string
  readonly quantity?: number
  readonly promotionCode?: string
  readonly prorationDate?: number
}
export interface PortalPause {
  readonly subscriptionId: string
  /** One of the durations that the configuration offers; without one the pause has no end. */
  readonly duration?: PauseInterval
}
/** What customers change of themselves. */
export interface PortalCustomer {
  readonly address?: AddressInput
  readonly email?: string
  readonly name?: string
  readonly phone?: string
  readonly shipping?: { readonly address: AddressInput; readonly name: string }
  readonly taxId?: { readonly type: string; readonly value: string }
}
export interface SwitchPreview {
  readonly amountDue: number
  readonly currency: string
  readonly lines: readonly { readonly description: string; readonly amount: number }[]
  readonly prorationDate: number
  /** When it happens, if not now. */
  readonly startsAt?: number
}
