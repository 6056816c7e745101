import { invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { WebhookEndpoint } from '../../domain/objects/account.ts'
import { apiVersion } from '../../domain/versions.ts'
import { checkedVersion } from '../../flows/endpoint-version.ts'
import { connectFields } from '../../flows/webhook-endpoints.ts'
import { newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface EndpointInput {
  readonly api_version?: string
  readonly connect?: boolean
  readonly description?: string
  readonly disabled?: boolean
  readonly enabled_events?: readonly string[]
  readonly metadata?: MetadataInput
  readonly url?: string
}

const needEndpoint = (call: Call): WebhookEndpoint =>
  call.world.need('webhook_endpoint', idOf(call), { status: 404, param: 'webhook_endpoint' })

const checkUrl = (url: string | undefined): void => {
  if (url !== undefined && !URL.canParse(url))
    throw invalidRequest('Invalid URL', { code: 'url_invalid', param: 'url' })
}

const create = (call: Call, input: EndpointInput) => {
  checkUrl(input.url)
  const secret = `whsec_${call.world.ids.secret('webhook_secret')}`
  const endpoint = call.world.insert('webhook_endpoint', {
    api_version: checkedVersion(input.api_version ?? apiVersion),
    description: input.description ?? null,
    enabled_events: input.enabled_events ?? [],
    metadata: mergeMetadata({}, input.metadata),
    status: 'enabled',
    url: input.url ?? '',
    ...connectFields(call.world, input.connect),
    $secret: secret,
  })
  return { ...endpoint, secret }
}

const update = (call: Call, input: EndpointInput): WebhookEndpoint => {
  const endpoint = needEndpoint(call)
  checkUrl(input.url)
  return call.world.update(endpoint, {
    description: input.description ?? endpoint.description,
    enabled_events: input.enabled_events ?? endpoint.enabled_events,
    metadata: mergeMetadata(endpoint.metadata, input.metadata),
    ...(input.disabled === undefined ? {} : { status: input.disabled ? ('disabled' as const) : ('enabled' as const) }),
    url: input.url ?? endpoint.url,
  })
}

export const webhookEndpointRoutes: Routes = {
  'POST /v1/webhook_endpoints': route<EndpointInput>(
    ['api_version', 'connect', 'description', 'enabled_events', 'metadata', 'url'],
    create,
  ),
  'GET /v1/webhook_endpoints/{id}': route([], needEndpoint),
  'POST /v1/webhook_endpoints/{id}': route<EndpointInput>(
    ['description', 'disabled', 'enabled_events', 'metadata', 'url'],
    update,
  ),
  'DELETE /v1/webhook_endpoints/{id}': route([], (call) => {
    const { id } = needEndpoint(call)
    call.world.store.remove(id)
    return { id, object: 'webhook_endpoint', deleted: true }
  }),
  'GET /v1/webhook_endpoints': route(pageParams, (call) => newestFirst(call, call.world.store.all('webhook_endpoint'))),
}
