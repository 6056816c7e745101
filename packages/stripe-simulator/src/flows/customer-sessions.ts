import { invalidRequest, missingParam } from '../domain/failure.ts'
import type { PaymentMethod } from '../domain/objects/customer.ts'
import type {
  AllowRedisplay,
  CustomerSession,
  PaymentElementFeatures,
  SessionComponent,
} from '../domain/objects/customer-session.ts'
import type { World } from '../world.ts'

type ComponentInput = { readonly enabled: boolean; readonly features?: Readonly<Record<string, unknown>> }

export interface CustomerSessionInput {
  readonly components: Readonly<Record<string, ComponentInput>>
  readonly customer?: string
}

const lifetimeSeconds = 30 * 60
const mostShown = 10

const shownByDefault: readonly AllowRedisplay[] = ['always']

const elementDefaults: PaymentElementFeatures = {
  payment_method_allow_redisplay_filters: shownByDefault,
  payment_method_redisplay: 'disabled',
  payment_method_redisplay_limit: 3,
  payment_method_remove: 'disabled',
  payment_method_save: 'disabled',
  payment_method_save_usage: null,
}

const mobileDefaults = {
  payment_method_allow_redisplay_filters: shownByDefault,
  payment_method_redisplay: 'disabled',
  payment_method_remove: 'disabled',
  payment_method_save: 'disabled',
  payment_method_save_allow_redisplay_override: null,
}

const sheetDefaults = { payment_method_allow_redisplay_filters: shownByDefault, payment_method_remove: 'disabled' }

const plain = ['active_entitlements', 'buy_button', 'customer_portal', 'pricing_table']

const isEnabled = (input: ComponentInput | undefined): boolean => input?.enabled === true

const featured = <F extends object>(input: ComponentInput | undefined, defaults: F) => ({
  enabled: isEnabled(input),
  features: isEnabled(input) ? { ...defaults, ...input?.features } : null,
})

const componentsOf = ({ components }: CustomerSessionInput): CustomerSession['components'] => {
  const simple: [string, SessionComponent][] = plain.map((name) => [name, { enabled: isEnabled(components[name]) }])
  return {
    ...Object.fromEntries(simple),
    customer_sheet: featured(components.customer_sheet, sheetDefaults),
    mobile_payment_element: featured(components.mobile_payment_element, mobileDefaults),
    payment_element: featured(components.payment_element, elementDefaults),
  }
}

const checkLimit = ({ payment_element: { features } }: CustomerSession['components']): void => {
  const limit = features?.payment_method_redisplay_limit ?? 1
  if (limit >= 1 && limit <= mostShown) return
  throw invalidRequest(`Invalid payment_method_redisplay_limit: must be between 1 and ${mostShown}.`, {
    param: 'components[payment_element][features][payment_method_redisplay_limit]',
  })
}

/** What lets a browser see and use a customer's saved methods for a while. */
export const createCustomerSession = (world: World, input: CustomerSessionInput): CustomerSession => {
  if (!Object.values(input.components).some(isEnabled)) {
    throw invalidRequest('At least one component must be enabled.', { param: 'components' })
  }
  if (input.customer === undefined) throw missingParam('customer')
  const customer = world.need('customer', input.customer, { param: 'customer' })
  const components = componentsOf(input)
  checkLimit(components)
  return world.insert('customer_session', {
    client_secret: `cuss_secret_${world.ids.secret('customer_session')}`,
    components,
    customer: customer.id,
    customer_account: null,
    expires_at: world.now() + lifetimeSeconds,
  })
}

/** The session that a browser holds the secret of: one that has not expired. */
export const customerSessionOf = (world: World, clientSecret: string): CustomerSession => {
  const found = world.store.all('customer_session').find((each) => each.client_secret === clientSecret)
  const param = 'client_secret'
  if (!found) throw invalidRequest('No such customer session.', { code: 'resource_missing', param })
  if (found.expires_at <= world.now()) throw invalidRequest('This customer session has expired.', { param })
  return found
}

/** What the Payment Element may do with the customer's saved methods; undefined: it may not show any. */
export const elementFeatures = ({ components }: CustomerSession): PaymentElementFeatures | undefined =>
  components.payment_element.features ?? undefined

/** The saved methods that the Payment Element may show again, newest first. */
export const redisplayable = (world: World, session: CustomerSession): PaymentMethod[] => {
  const features = elementFeatures(session)
  if (features?.payment_method_redisplay !== 'enabled') return []
  const { payment_method_allow_redisplay_filters: filters, payment_method_redisplay_limit: limit } = features
  return world.store
    .all('payment_method')
    .filter((method) => method.customer === session.customer && filters.includes(method.allow_redisplay))
    .reverse()
    .slice(0, limit ?? mostShown)
}
