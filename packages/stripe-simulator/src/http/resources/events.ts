import { isWithin, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { idOf, type Routes, route } from '../route.ts'

interface EventList {
  readonly created?: RangeInput
  readonly type?: string
  readonly types?: readonly string[]
}

const isOf = (type: string, pattern: string): boolean =>
  pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern

export const eventRoutes: Routes = {
  'GET /v1/events/{id}': route([], (call) => call.world.need('event', idOf(call), { status: 404, param: 'id' })),
  'GET /v1/events': route<EventList>([...pageParams, 'created', 'type', 'types'], (call, { created, type, types }) =>
    newestFirst(
      call,
      call.world.store
        .all('event')
        .filter((event) => isWithin(event.created, created))
        .filter((event) => type === undefined || isOf(event.type, type))
        .filter((event) => types === undefined || types.some((pattern) => isOf(event.type, pattern))),
    ),
  ),
}
