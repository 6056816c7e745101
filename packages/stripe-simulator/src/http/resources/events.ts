import { invalidRequest, noSuch } from '../../domain/failure.ts'
import type { StripeEvent } from '../../domain/objects/account.ts'
import { isWithin, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface EventList {
  readonly created?: RangeInput
  readonly delivery_success?: boolean
  readonly type?: string
  readonly types?: readonly string[]
}

const mostTypes = 20

const isShown = ({ world }: Call, { $happenedAt }: StripeEvent): boolean =>
  $happenedAt > world.now() - world.settings.eventDays * 86_400

const isOf = (type: string, pattern: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern

const checkTypes = ({ type, types }: EventList): void => {
  if (type !== undefined && types !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: type, types.', { param: 'type' })
  }
  if ((types ?? []).length > mostTypes) {
    throw invalidRequest(`You can filter by at most ${mostTypes} event types.`, { param: 'types' })
  }
}

const isWanted = (event: StripeEvent, { created, delivery_success, type, types }: EventList): boolean => {
  const patterns = types ?? (type === undefined ? ['*'] : [type])
  const delivered = event.pending_webhooks === 0
  return (
    isWithin(event.created, created) &&
    patterns.some((pattern) => isOf(event.type, pattern)) &&
    (delivery_success === undefined || delivery_success === delivered)
  )
}

const list = (call: Call, filter: EventList) => {
  checkTypes(filter)
  const shown = call.world.store.all('event').filter((event) => isShown(call, event))
  return newestFirst(
    call,
    shown.filter((event) => isWanted(event, filter)),
  )
}

const retrieve = (call: Call): StripeEvent => {
  const event = call.world.need('event', idOf(call), { status: 404, param: 'id' })
  if (isShown(call, event)) return event
  throw noSuch('event', event.id, { status: 404, param: 'id' })
}

export const eventRoutes: Routes = {
  'GET /v1/events/{id}': route([], retrieve),
  'GET /v1/events': route<EventList>([...pageParams, 'created', 'delivery_success', 'type', 'types'], list),
}
