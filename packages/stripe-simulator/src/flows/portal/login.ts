import { invalidRequest } from '../../domain/failure.ts'
import type { PortalConfiguration, PortalSession } from '../../domain/objects/account.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { World } from '../../world.ts'

interface Opening {
  readonly configuration: PortalConfiguration
  readonly customer: string
  readonly fields?: Partial<PortalSession>
}

/** Lets a customer into the portal. */
export const openPortal = (world: World, { configuration, customer, fields = {} }: Opening): PortalSession => {
  const id = world.ids.next('billing_portal.session')
  return world.insert(
    'billing_portal.session',
    {
      id,
      configuration: configuration.id,
      customer,
      flow: null,
      locale: null,
      return_url: configuration.default_return_url,
      url: world.url(`/_simulator/portal/${id}`),
      ...fields,
    },
    'billing_portal.session.created',
  )
}

const subscribes = (world: World, { id }: Customer): boolean =>
  world.store.all('subscription').some(({ customer, ended_at }) => customer === id && ended_at === null)

/** The customer with this address: the newest, but sooner one who has a subscription. */
const customerWith = (world: World, email: string): Customer | undefined => {
  const wanted = email.trim().toLowerCase()
  const found = world.store
    .all('customer')
    .filter((each) => each.deleted !== true && each.email?.toLowerCase() === wanted)
    .reverse()
  return found.find((each) => subscribes(world, each)) ?? found[0]
}

/**
 * What somebody does on a hosted login page. Stripe sends a link to the address; here it is followed at once. Undefined
 * when nobody has it.
 */
export const logIntoPortal = (world: World, configurationId: string, email: string): PortalSession | undefined => {
  const configuration = world.need('billing_portal.configuration', configurationId, { status: 404 })
  if (!configuration.active || !configuration.login_page.enabled) {
    throw invalidRequest('This login page has been deactivated.')
  }
  const customer = customerWith(world, email)
  return customer && openPortal(world, { configuration, customer: customer.id })
}
