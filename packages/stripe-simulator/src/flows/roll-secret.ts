import { invalidRequest } from '../domain/failure.ts'
import type { WebhookEndpoint } from '../domain/objects/account.ts'
import type { World } from '../world.ts'

export interface SecretRoll {
  /** The endpoint's id or URL; not needed where there is only one. */
  readonly endpoint?: string
  /** How long the old secret signs too; 24, the default, at most. */
  readonly oldValidForHours?: number
}

const longest = 24

const endpointOf = (world: World, name: string | undefined): WebhookEndpoint => {
  const all = world.store.all('webhook_endpoint')
  const named = name === undefined ? all : all.filter(({ id, url }) => id === name || url === name)
  const [found] = named
  if (found && named.length === 1) return found
  throw invalidRequest(
    `${named.length} webhook endpoints are ${name === undefined ? 'there' : `called '${name}'`}: name one by its id or URL.`,
    { param: 'endpoint' },
  )
}

/** Gives an endpoint a new secret. The old one signs beside it for a while, so that a receiver can change over. */
export const rollSecret = (world: World, roll: SecretRoll): { readonly id: string; readonly secret: string } => {
  const hours = roll.oldValidForHours ?? longest
  if (!(hours >= 0 && hours <= longest)) {
    throw invalidRequest(`An old secret can stay valid for ${longest} hours at most.`, { param: 'oldValidForHours' })
  }
  const endpoint = endpointOf(world, roll.endpoint)
  const now = world.now()
  const secret = `whsec_${world.ids.secret('webhook_secret')}`
  const retired = [{ secret: endpoint.$secret, until: now + hours * 3600 }, ...(endpoint.$retired ?? [])]
  world.update(endpoint, { $secret: secret, $retired: retired.filter(({ until }) => until > now) })
  return { id: endpoint.id, secret }
}
