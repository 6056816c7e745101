import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { PortalConfiguration, PortalSession } from '../../domain/objects/account.ts'
import { openPortal } from '../../flows/portal/login.ts'
import type { World } from '../../world.ts'
import { matches, newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

type Feature = Readonly<Record<string, unknown>>

interface ConfigurationInput {
  readonly active?: boolean
  readonly business_profile?: Feature | ''
  readonly default_return_url?: string
  readonly features?: Readonly<Record<string, Feature>>
  readonly login_page?: { readonly enabled: boolean }
  readonly metadata?: MetadataInput
  readonly name?: string
}

const reasons = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'too_complex',
  'low_quality',
  'other',
]

const closed: Readonly<Record<string, Feature>> = {
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: reasons },
    enabled: false,
    mode: 'at_period_end',
    proration_behavior: 'none',
  },
  subscription_pause: {
    duration: { interval_options: [{ interval: 'month', interval_count: 1 }], type: 'interval_options' },
    enabled: false,
  },
  subscription_update: {
    billing_cycle_anchor: null,
    default_allowed_updates: [],
    enabled: false,
    proration_behavior: 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'end_trial',
  },
}

/** An empty list, as forms say it. */
const listed = (fields: Feature): Feature =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === '' ? [] : value]))

interface Duration {
  readonly type: string
  readonly interval_options?: readonly Feature[] | ''
}

const durationOf = ({ type, interval_options: given }: Duration): Feature => ({
  interval_options: (given || []).map((option) => ({ interval_count: 1, ...option })),
  type,
})

const merged = (old: Feature | undefined, given: Feature | undefined): Feature => {
  const next = { ...old, ...listed(given ?? {}) }
  if (given?.duration) return { ...next, duration: durationOf(given.duration as Duration) }
  const reason = given?.cancellation_reason as Feature | undefined
  return reason
    ? { ...next, cancellation_reason: { ...(old?.cancellation_reason as Feature), ...listed(reason) } }
    : next
}

const withoutProducts = ({ products: _products, ...feature }: Feature): Feature => feature

const productsOf = (input: ConfigurationInput): Pick<PortalConfiguration, '$products'> => {
  const given = input.features?.subscription_update?.products as readonly Feature[] | '' | undefined
  if (given === undefined) return {}
  const adjustable = { enabled: false, maximum: null, minimum: 1 }
  const $products = (given || []).map(({ adjustable_quantity, ...product }) => ({
    adjustable_quantity: { ...adjustable, ...(adjustable_quantity as Feature | undefined) },
    ...product,
  }))
  return { $products: $products as unknown as NonNullable<PortalConfiguration['$products']> }
}

const featuresOf = (
  old: Readonly<Record<string, Feature>>,
  input: ConfigurationInput,
): PortalConfiguration['features'] => {
  const names = Object.keys(closed)
  const features = names.map((name) => [name, withoutProducts(merged(old[name], input.features?.[name]))])
  return Object.fromEntries(features) as PortalConfiguration['features']
}

/** The account's own reasons to choose from: those it still has. */
const checkFeedback = (world: World, input: ConfigurationInput): void => {
  const reason = input.features?.subscription_cancel?.cancellation_reason as Feature | undefined
  const path = 'features[subscription_cancel][cancellation_reason][feedback_options]'
  for (const [index, id] of ((reason?.feedback_options || []) as readonly string[]).entries()) {
    const param = `${path}[${index}]`
    const { status } = world.need('billing.feedback_option', id, { param })
    if (status === 'inactive') throw invalidRequest(`The feedback option ${id} is inactive.`, { param })
  }
}

/** Leaving at once can make prorations; nothing bills them there and then. */
const checkLeaving = ({ features }: ConfigurationInput): void => {
  if (features?.subscription_cancel?.proration_behavior !== 'always_invoice') return
  throw invalidRequest('Invalid value for proration_behavior: must be one of `none` or `create_prorations`.', {
    param: 'features[subscription_cancel][proration_behavior]',
  })
}

const checkInput = (world: World, input: ConfigurationInput): void => {
  checkFeedback(world, input)
  checkLeaving(input)
}

const loginPage = (world: World, id: string, enabled: boolean): PortalConfiguration['login_page'] => ({
  enabled,
  url: enabled ? world.url(`/_simulator/portal-login/${id}`) : null,
})

const create = (world: World, input: ConfigurationInput): PortalConfiguration => {
  checkInput(world, input)
  const id = world.ids.next('billing_portal.configuration')
  return world.insert(
    'billing_portal.configuration',
    {
      id,
      active: true,
      business_profile: {
        headline: null,
        privacy_policy_url: null,
        terms_of_service_url: null,
        ...(input.business_profile || {}),
      },
      default_return_url: input.default_return_url ?? null,
      features: featuresOf(closed, input),
      ...productsOf(input),
      is_default: world.store.all('billing_portal.configuration').length === 0,
      login_page: loginPage(world, id, input.login_page?.enabled === true),
      metadata: mergeMetadata({}, input.metadata),
      name: input.name ?? null,
      updated: world.now(),
    },
    'billing_portal.configuration.created',
  )
}

const needConfiguration = (call: Call): PortalConfiguration =>
  call.world.need('billing_portal.configuration', idOf(call), { status: 404, param: 'configuration' })

const update = (call: Call, input: ConfigurationInput): PortalConfiguration => {
  const old = needConfiguration(call)
  checkInput(call.world, input)
  const changes = {
    active: input.active ?? old.active,
    business_profile: { ...(old.business_profile as Feature), ...(input.business_profile || {}) },
    default_return_url:
      input.default_return_url === undefined ? old.default_return_url : input.default_return_url || null,
    ...productsOf(input),
    features: featuresOf(old.features as unknown as Readonly<Record<string, Feature>>, input),
    ...(input.login_page ? { login_page: loginPage(call.world, old.id, input.login_page.enabled) } : {}),
    metadata: mergeMetadata((old.metadata ?? {}) as Record<string, string>, input.metadata),
    name: input.name ?? old.name,
    updated: call.world.now(),
  }
  return call.world.update(old, changes, 'billing_portal.configuration.updated')
}

interface SessionInput {
  readonly configuration?: string
  readonly customer?: string
  readonly flow_data?: { readonly type: string; readonly [name: string]: unknown }
  readonly locale?: string
  readonly return_url?: string
}

const configurationFor = (world: World, id: string | undefined): PortalConfiguration => {
  if (id !== undefined) return world.need('billing_portal.configuration', id, { param: 'configuration' })
  const found = world.store.all('billing_portal.configuration').find((each) => each.is_default)
  if (found) return found
  throw invalidRequest(
    "You can't create a portal session in test mode until you save your customer portal settings in test mode at https://dashboard.stripe.com/test/settings/billing/portal.",
  )
}

const flowOf = ({ flow_data: flow }: SessionInput): PortalSession['flow'] => {
  if (!flow) return null
  const own = flow[flow.type]
  const wants = flow.type !== 'payment_method_update' && flow.type !== 'customer_update'
  if (wants && own === undefined) throw missingParam(`flow_data[${flow.type}]`)
  const none = { subscription_cancel: null, subscription_update: null, subscription_update_confirm: null }
  const after_completion = flow.after_completion ?? {
    hosted_confirmation: null,
    redirect: null,
    type: 'portal_homepage',
  }
  return { ...none, customer_update: null, subscription_pause: null, ...flow, after_completion }
}

const createSession = (world: World, input: SessionInput): PortalSession => {
  if (input.customer === undefined) throw missingParam('customer')
  const customer = world.need('customer', input.customer, { param: 'customer' })
  const configuration = configurationFor(world, input.configuration)
  const fields = {
    flow: flowOf(input),
    locale: input.locale ?? null,
    return_url: input.return_url ?? configuration.default_return_url,
  }
  return openPortal(world, { configuration, customer: customer.id, fields })
}

const params = ['business_profile', 'default_return_url', 'features', 'login_page', 'metadata', 'name'] as const

export const portalRoutes: Routes = {
  'POST /v1/billing_portal/configurations': route<ConfigurationInput>(params, ({ world }, input) =>
    create(world, input),
  ),
  'GET /v1/billing_portal/configurations/{id}': route([], needConfiguration),
  'POST /v1/billing_portal/configurations/{id}': route<ConfigurationInput>([...params, 'active'], update),
  'GET /v1/billing_portal/configurations': route<{ active?: boolean; is_default?: boolean }>(
    [...pageParams, 'active', 'is_default'],
    (call, { active, is_default }) =>
      newestFirst(
        call,
        call.world.store.all('billing_portal.configuration').filter((each) => matches(each, { active, is_default })),
      ),
  ),
  'POST /v1/billing_portal/sessions': route<SessionInput>(
    ['configuration', 'customer', 'flow_data', 'locale', 'return_url'],
    ({ world }, input) => createSession(world, input),
  ),
}
