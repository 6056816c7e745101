import type { TestClock } from '../../domain/objects/test-clock.ts'
import { advanceClock, type ClockInput, createClock, deleteClock } from '../../flows/test-clocks/clocks.ts'
import { newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const needClock = (call: Call): TestClock =>
  call.world.need('test_helpers.test_clock', idOf(call), { status: 404, param: 'test_clock' })

export const testClockRoutes: Routes = {
  'POST /v1/test_helpers/test_clocks': route<ClockInput>(['customer', 'frozen_time', 'name'], ({ world }, input) =>
    createClock(world, input),
  ),
  'GET /v1/test_helpers/test_clocks/{id}': route([], needClock),
  'POST /v1/test_helpers/test_clocks/{id}/advance': route<ClockInput>(['frozen_time'], (call, { frozen_time }) =>
    advanceClock(call.world, needClock(call), frozen_time),
  ),
  'DELETE /v1/test_helpers/test_clocks/{id}': route([], (call) => deleteClock(call.world, needClock(call))),
  'GET /v1/test_helpers/test_clocks': route([...pageParams], (call) =>
    newestFirst(call, call.world.store.all('test_helpers.test_clock')),
  ),
}
