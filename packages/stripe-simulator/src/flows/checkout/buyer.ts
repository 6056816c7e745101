import { invalidRequest } from '../../domain/failure.ts'
import type { BillingDetails } from '../../domain/objects/base.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { CheckoutPayment } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { createCustomer } from '../customers.ts'

const emptyDetails = {
  address: null,
  business_name: null,
  individual_name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: [],
}

const emailOf = (session: CheckoutSession, payment: CheckoutPayment): string | null => {
  const email = session.customer_details?.email ?? payment.email ?? session.$told?.email ?? null
  if (email === null && session.mode !== 'setup') {
    throw invalidRequest('Please enter your email.', { code: 'email_invalid', param: 'email' })
  }
  return email === null ? null : String(email)
}

const wantsCustomer = (session: CheckoutSession): boolean =>
  session.mode === 'subscription' ||
  session.customer_creation === 'always' ||
  session.invoice_creation?.enabled === true ||
  session.$paymentIntentData?.setup_future_usage !== undefined

interface Buyer {
  readonly address: BillingDetails['address']
  readonly email: string | null
  readonly name: string | null
}

const customerOf = (world: World, session: CheckoutSession, { address, email, name }: Buyer): string | null => {
  const known = session.$attempt?.customer ?? session.customer
  if (known !== null || !wantsCustomer(session)) return known
  const { phone, shipping } = session.$told ?? {}
  return createCustomer(world, {
    ...(email === null ? {} : { email }),
    ...(name === null ? {} : { name }),
    ...(address?.country ? { address } : {}),
    ...(phone ? { phone } : {}),
    ...(shipping ? { shipping: { ...shipping, phone: phone ?? null } } : {}),
  }).id
}

const typedAddress = (session: CheckoutSession, method: PaymentMethod | undefined): BillingDetails['address'] => {
  const typed = method?.billing_details.address
  return typed?.country ? typed : ((session.customer_details?.address ?? null) as BillingDetails['address'])
}

const taxIdsFrom = (session: CheckoutSession, payment: CheckoutPayment): unknown => {
  const taxId = payment.taxId ?? session.$told?.taxId ?? undefined
  if (taxId === undefined) return session.customer_details?.tax_ids ?? []
  if (session.tax_id_collection?.enabled === true) return [taxId]
  throw invalidRequest('This Checkout Session does not collect tax ids.', { param: 'tax_id' })
}

export interface Identified {
  readonly payment: CheckoutPayment
  readonly method: PaymentMethod | undefined
}

/** Who pays: the session's customer, or a new one where the session wants one. Another try does not make another. */
export const identifyBuyer = (
  world: World,
  session: CheckoutSession,
  { payment, method }: Identified,
): CheckoutSession => {
  const known = session.customer_details?.name
  const address = typedAddress(session, method)
  const buyer = {
    address,
    email: emailOf(session, payment),
    name: payment.name ?? session.$told?.billing?.name ?? (typeof known === 'string' ? known : null),
  }
  const customer = customerOf(world, session, buyer)
  const tax_ids = taxIdsFrom(session, payment)
  return world.update(session, {
    customer_details: { ...emptyDetails, ...session.customer_details, ...buyer, tax_ids },
    $attempt: { ...session.$attempt, ...(customer === null ? {} : { customer }) },
  })
}
