import { invalidRequest } from '../../domain/failure.ts'
import type { PortalConfiguration, PortalSession } from '../../domain/objects/account.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { render } from '../../domain/render.ts'
import type { PortalView } from '../../portal-core.ts'
import type { World } from '../../world.ts'
import { taxIdsOf } from '../tax/tax-ids.ts'

export const configurationOf = (world: World, session: PortalSession): PortalConfiguration =>
  world.need('billing_portal.configuration', session.configuration)

export const needPortal = (world: World, sessionId: string): PortalSession =>
  world.need('billing_portal.session', sessionId, { status: 404, param: 'session' })

/** A subscription that belongs to the portal's customer and still runs. */
export const ownSubscription = (world: World, session: PortalSession, id: string): Subscription => {
  const found = world.store.get('subscription', id)
  if (found?.customer === session.customer && found.ended_at === null) return found
  throw invalidRequest('This subscription cannot be changed here.', { param: 'subscription' })
}

const allows = ({ features }: PortalConfiguration, update: string): boolean =>
  features.subscription_update.enabled && features.subscription_update.default_allowed_updates.includes(update)

const quantitiesOf = (configuration: PortalConfiguration): PortalView['quantities'] => {
  if (!allows(configuration, 'quantity')) return {}
  const adjustable = (configuration.$products ?? []).filter(({ adjustable_quantity }) => adjustable_quantity.enabled)
  return Object.fromEntries(adjustable.map(({ product, adjustable_quantity }) => [product, adjustable_quantity]))
}

const pricesOf = (world: World, configuration: PortalConfiguration): string[] => {
  if (!allows(configuration, 'price')) return []
  const { $products = [] } = configuration
  return $products.flatMap(({ prices }) => prices).filter((id) => world.store.get('price', id)?.active === true)
}

export const portalView = (world: World, sessionId: string): PortalView | undefined => {
  const session = world.store.get('billing_portal.session', sessionId)
  if (!session) return undefined
  const configuration = configurationOf(world, session)
  const customer = world.need('customer', session.customer)
  const { store } = world
  return {
    session: render(session),
    configuration: render(configuration),
    customer: render(customer),
    subscriptions: store
      .all('subscription')
      .filter((each) => each.customer === customer.id)
      .reverse()
      .map(render),
    invoices: store
      .all('invoice')
      .filter((each) => each.customer === customer.id && each.status !== 'draft')
      .reverse()
      .map(render),
    paymentMethods: store
      .all('payment_method')
      .filter((each) => each.customer === customer.id)
      .reverse()
      .map(render),
    defaultPaymentMethodId: customer.invoice_settings.default_payment_method,
    returnUrl: session.return_url ?? configuration.default_return_url,
    priceIds: pricesOf(world, configuration),
    quantities: quantitiesOf(configuration),
    taxIds: taxIdsOf(world, customer.id).map(render),
  }
}
