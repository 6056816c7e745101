import { invalidRequest, notSimulated } from '../../domain/failure.ts'
import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import type {
  BrandingSettings,
  ConsentCollection,
  CustomText,
  OptionalItem,
  Sentence,
} from '../../domain/objects/checkout-parts.ts'
import type { World } from '../../world.ts'
import { adjustable } from './adjustable.ts'
import { customFields } from './custom-fields.ts'
import type { OptionalItemInput, SessionInput } from './session-input.ts'

const consentOf = (world: World, input: SessionInput): ConsentCollection | null => {
  const given = input.consent_collection
  if (!given) return null
  if (given.terms_of_service === 'required' && input.ui_mode === 'elements') {
    throw notSimulated('terms of service in elements', 'consent_collection[terms_of_service]')
  }
  if (given.terms_of_service === 'required' && world.settings.termsOfServiceUrl === null) {
    throw invalidRequest(
      'You cannot collect consent to your terms of service unless a URL is set in the Stripe Dashboard. Update your public business details at https://dashboard.stripe.com/settings/public with a Terms of service URL to collect terms of service consent.',
      { param: 'consent_collection[terms_of_service]' },
    )
  }
  return { payment_method_reuse_agreement: null, promotions: null, terms_of_service: null, ...given }
}

const sentence = (given: Sentence | '' | undefined, param: string): Sentence | null => {
  if (given === undefined || given === '') return null
  if (given.message.length <= 1200) return given
  throw invalidRequest('Custom text can be up to 1200 characters.', { param: `custom_text[${param}][message]` })
}

const customText = ({ custom_text: given = {} }: SessionInput): CustomText => ({
  after_submit: sentence(given.after_submit, 'after_submit'),
  shipping_address: sentence(given.shipping_address, 'shipping_address'),
  submit: sentence(given.submit, 'submit'),
  terms_of_service_acceptance: sentence(given.terms_of_service_acceptance, 'terms_of_service_acceptance'),
})

const optionalItem = (world: World, given: OptionalItemInput, index: number): OptionalItem => {
  const { id } = world.need('price', given.price, { param: `optional_items[${index}][price]` })
  return { adjustable_quantity: adjustable(given.adjustable_quantity), price: id, quantity: given.quantity }
}

const optionalItems = (world: World, { optional_items: given }: SessionInput): OptionalItem[] | null => {
  if (!given) return null
  if (given.length > 10) {
    throw invalidRequest('You can have up to 10 optional items.', { param: 'optional_items' })
  }
  return given.map((item, index) => optionalItem(world, item, index))
}

const noBranding: BrandingSettings = {
  background_color: '#ffffff',
  border_style: 'rounded',
  button_color: '#0074d4',
  display_name: '',
  font_family: 'default',
  icon: null,
  logo: null,
}

const colour = /^#[0-9a-f]{6}$/i

const brandingOf = ({ branding_settings: given }: SessionInput): Partial<CheckoutSession> => {
  if (!given) return {}
  const settings = { ...noBranding, ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')) }
  const wrong = (['background_color', 'button_color'] as const).find((name) => !colour.test(settings[name]))
  if (wrong) throw invalidRequest('Invalid hex color.', { param: `branding_settings[${wrong}]` })
  return { branding_settings: settings }
}

const namesOf = ({ name_collection: given }: SessionInput): Partial<CheckoutSession> => {
  if (!given) return {}
  const { business, individual } = given
  return {
    name_collection: {
      ...(business ? { business: { optional: false, ...business } } : {}),
      ...(individual ? { individual: { optional: false, ...individual } } : {}),
    },
  }
}

const recoveryOf = (input: SessionInput): CheckoutSession['after_expiration'] => {
  const recovery = input.after_expiration?.recovery
  if (!recovery) return null
  if (recovery.enabled && input.ui_mode === 'embedded_page') {
    throw notSimulated('recovery of an embedded page', 'after_expiration[recovery]')
  }
  return { recovery: { allow_promotion_codes: false, ...recovery, expires_at: null, url: null } }
}

const noSavedOptions = {
  allow_redisplay_filters: ['always'],
  payment_method_remove: null,
  payment_method_save: null,
} as const

const savedOptionsOf = (input: SessionInput): CheckoutSession['saved_payment_method_options'] => {
  if (input.mode === 'setup' || input.customer === undefined) return null
  return { ...noSavedOptions, ...input.saved_payment_method_options }
}

/** What a session asks of its buyer beside the payment, and what it shows them. */
export const asksOf = (world: World, input: SessionInput): Partial<CheckoutSession> => ({
  after_expiration: recoveryOf(input),
  consent_collection: consentOf(world, input),
  custom_fields: customFields(input.custom_fields),
  custom_text: customText(input),
  optional_items: optionalItems(world, input),
  permissions: input.permissions ? { update_shipping_details: null, ...input.permissions } : null,
  phone_number_collection: input.phone_number_collection ?? { enabled: false },
  saved_payment_method_options: savedOptionsOf(input),
  shipping_address_collection: input.shipping_address_collection ?? null,
  ...brandingOf(input),
  ...namesOf(input),
  ...(input.after_expiration?.recovery?.enabled === true ? { $input: input } : {}),
})
