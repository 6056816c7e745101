import type { StripeEvent, WebhookEndpoint } from '../domain/objects/account.ts'
import { render } from '../domain/render.ts'
import { apiVersion, type EventContent, olderContent } from '../domain/versions.ts'
import { linksIn } from '../store/links.ts'
import type { Store } from '../store/store.ts'

const versionOf = (endpoint: WebhookEndpoint): string => endpoint.api_version ?? apiVersion

/** The event with what its endpoints need: who has not got it yet, and what it looks like in their versions. */
export const addressEvent = (store: Store, event: StripeEvent, endpoints: readonly WebhookEndpoint[]): StripeEvent => {
  const links = linksIn(store)
  const older = [...new Set(endpoints.map(versionOf))].flatMap((version) => {
    const content = olderContent(version, event.data, links)
    return content ? [[version, content] as const] : []
  })
  return {
    ...event,
    $undelivered: endpoints.map(({ id }) => id),
    ...(older.length === 0 ? {} : { $older: Object.fromEntries(older) }),
  }
}

const contentFor = (store: Store, event: StripeEvent, version: string): EventContent | undefined =>
  event.$older?.[version] ?? olderContent(version, event.data, linksIn(store))

/** The body of a delivery: the event in the version of its endpoint. */
export const bodyFor = (store: Store, event: StripeEvent, endpoint: WebhookEndpoint): string => {
  const version = versionOf(endpoint)
  const data = contentFor(store, event, version)
  return JSON.stringify(data ? { ...render(event), api_version: version, data } : render(event), null, 2)
}

/** One endpoint has answered with 2xx: it is no longer waited for. */
export const markDelivered = (store: Store, eventId: string, endpointId: string): void => {
  const event = store.get('event', eventId)
  if (!event?.$undelivered?.includes(endpointId)) return
  const undelivered = event.$undelivered.filter((id) => id !== endpointId)
  store.put({ ...event, pending_webhooks: undelivered.length, $undelivered: undelivered })
}
