import { contactOf, wholeAddress } from '../../domain/address.ts'
import { invalidRequest, StripeFailure } from '../../domain/failure.ts'
import type { BuyerTold, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { CollectedInformation, Contact, NameSetting } from '../../domain/objects/checkout-parts.ts'
import type { CheckoutPayment } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { answerFields } from './custom-fields.ts'
import { reprice } from './reprice.ts'
import { shippingCost } from './shipping.ts'

const lacks = (message: string, param: string) => invalidRequest(message, { code: 'parameter_missing', param })

/** What was said before, and what is said now over it. */
const toldBy = ({ $told = {} }: CheckoutSession, payment: CheckoutPayment): BuyerTold => ({
  ...$told,
  ...(payment.billing ? { billing: { ...payment.billing, address: wholeAddress(payment.billing.address) } } : {}),
  ...(payment.businessName ? { businessName: payment.businessName } : {}),
  ...(payment.email ? { email: payment.email } : {}),
  ...(payment.individualName ? { individualName: payment.individualName } : {}),
  ...(payment.phone ? { phone: payment.phone } : {}),
  ...(payment.shipping ? { shipping: contactOf(payment.shipping) } : {}),
  ...(payment.taxId ? { taxId: payment.taxId } : {}),
})

const isAsked = (setting: NameSetting | undefined): boolean => setting?.enabled === true && !setting.optional

/** Whether goods can be sent there. */
export const checkDestination = ({ shipping_address_collection: asked }: CheckoutSession, to: Contact): void => {
  if (!to.address.country || !to.address.line1) throw lacks('Please enter your whole address.', 'shipping[address]')
  if (asked?.allowed_countries.includes(to.address.country) !== false) return
  throw invalidRequest('We do not ship to this country.', { param: 'shipping[address][country]' })
}

const checkTold = (session: CheckoutSession, told: BuyerTold): void => {
  const { business, individual } = session.name_collection ?? {}
  if (isAsked(business) && !told.businessName) throw lacks('Please enter your business name.', 'business_name')
  if (isAsked(individual) && !told.individualName) throw lacks('Please enter your name.', 'individual_name')
  if (session.phone_number_collection.enabled && !told.phone) throw lacks('Please enter your phone number.', 'phone')
  if (session.shipping_address_collection === null) return
  if (!told.shipping) throw lacks('Please enter your shipping address.', 'shipping')
  checkDestination(session, told.shipping)
}

const checkBilling = (session: CheckoutSession, told: BuyerTold): void => {
  if (session.billing_address_collection !== 'required' || told.billing?.address.line1) return
  throw lacks('Please enter your billing address.', 'billing_address')
}

/** Whether a buyer has said all that the session asks them. */
export const hasToldEnough = (session: CheckoutSession): boolean => {
  const told = session.$told ?? {}
  try {
    checkTold(session, told)
    checkBilling(session, told)
    return true
  } catch (cause) {
    if (cause instanceof StripeFailure) return false
    throw cause
  }
}

const consentOf = (session: CheckoutSession, { consent = {} }: CheckoutPayment): CheckoutSession['consent'] => {
  const asked = session.consent_collection
  if (asked === null) return null
  const needed = asked.terms_of_service === 'required'
  if (needed && consent.termsOfService !== true) {
    throw lacks('Please accept the terms of service.', 'consent[terms_of_service]')
  }
  const promotions = consent.promotions === true ? 'opt_in' : 'opt_out'
  return {
    promotions: asked.promotions === 'auto' ? promotions : null,
    terms_of_service: needed ? 'accepted' : null,
  }
}

const collected = (told: BuyerTold): CollectedInformation | null => {
  const information = {
    business_name: told.businessName ?? null,
    individual_name: told.individualName ?? null,
    shipping_details: told.shipping ?? null,
  }
  return Object.values(information).some((part) => part !== null) ? information : null
}

const noDetails = { address: null, email: null, name: null, tax_exempt: 'none', tax_ids: [] }

const detailsOf = (session: CheckoutSession, told: BuyerTold): CheckoutSession['customer_details'] => ({
  ...noDetails,
  ...session.customer_details,
  business_name: told.businessName ?? null,
  individual_name: told.individualName ?? null,
  phone: told.phone ?? null,
})

/** Has the goods sent in one of the ways on offer. */
export const chooseShipping = (world: World, session: CheckoutSession, rate: string): CheckoutSession => {
  const option = session.shipping_options.find(({ shipping_rate }) => shipping_rate === rate)
  if (!option) throw invalidRequest(`The Checkout Session has no shipping option ${rate}.`, { param: 'shipping_rate' })
  return reprice(world, session, { shipping_cost: shippingCost(option) })
}

/** What a buyer has said when they pay, checked to be all that the session asks, and kept on it. */
export const hearBuyer = (world: World, session: CheckoutSession, payment: CheckoutPayment): CheckoutSession => {
  const told = toldBy(session, payment)
  checkTold(session, told)
  checkBilling(session, told)
  const heard = world.update(session, {
    collected_information: collected(told),
    consent: consentOf(session, payment),
    custom_fields: answerFields(session.custom_fields, payment.customFields),
    customer_details: detailsOf(session, told),
    $told: told,
  })
  return payment.shippingRateId === undefined ? heard : chooseShipping(world, heard, payment.shippingRateId)
}
