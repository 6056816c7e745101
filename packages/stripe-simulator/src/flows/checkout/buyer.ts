import { invalidRequest } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
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
  const email = session.customer_details?.email ?? payment.email ?? null
  if (email === null && session.mode !== 'setup') {
    throw invalidRequest('Please enter your email.', { code: 'email_invalid', param: 'email' })
  }
  return email === null ? null : String(email)
}

const wantsCustomer = (session: CheckoutSession): boolean =>
  session.mode === 'subscription' ||
  session.customer_creation === 'always' ||
  session.$paymentIntentData?.setup_future_usage !== undefined

interface Buyer {
  readonly email: string | null
  readonly name: string | null
}

const customerOf = (world: World, session: CheckoutSession, { email, name }: Buyer): string | null => {
  const known = session.$attempt?.customer ?? session.customer
  if (known !== null || !wantsCustomer(session)) return known
  return createCustomer(world, { ...(email === null ? {} : { email }), ...(name === null ? {} : { name }) }).id
}

/** Who pays: the session's customer, or a new one where the session wants one. Another try does not make another. */
export const identifyBuyer = (world: World, session: CheckoutSession, payment: CheckoutPayment): CheckoutSession => {
  const known = session.customer_details?.name
  const buyer = { email: emailOf(session, payment), name: payment.name ?? (typeof known === 'string' ? known : null) }
  const customer = customerOf(world, session, buyer)
  return world.update(session, {
    customer_details: { ...emptyDetails, ...session.customer_details, ...buyer },
    $attempt: { ...session.$attempt, ...(customer === null ? {} : { customer }) },
  })
}
