import { StripeFailure } from '../domain/failure.ts'
import { clockMentioned } from '../flows/test-clocks/belonging.ts'
import { refuseAdvancing } from '../flows/test-clocks/clocks.ts'
import type { Answer, Call, Route } from './route.ts'

/** A declined payment leaves its traces; any other refusal leaves the world as it was. */
const isDecline = (cause: unknown): boolean => cause instanceof StripeFailure && cause.error.type === 'card_error'

/** Runs a call: whole or not at all, and at the time of the test clock that it is about. */
export const runCall = (route: Route, call: Call, method: string): Answer => {
  const { world } = call
  const clock = clockMentioned(world, call)
  if (method !== 'GET') refuseAdvancing(clock)
  return world.at(clock?.frozen_time, () => world.atomically(() => route.run(call), isDecline))
}
