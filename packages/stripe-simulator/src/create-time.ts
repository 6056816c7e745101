import { type Advance, advancedTime, type Clock } from './clock.ts'
import type { Courier } from './delivery/courier.ts'
import type { Delivery } from './delivery/delivery.ts'
import { awaitedEvent, webhooksAnswered } from './flows/invoices/webhooks-answered.ts'
import { settleClock } from './flows/test-clocks/clocks.ts'
import { accountTime, passTime, passTimeSlowly, testClockTime } from './passing-time.ts'
import type { World } from './world.ts'

export interface TimeParts {
  readonly world: World
  readonly clock: Clock
  readonly courier: Courier
  readonly onChange: () => void
}

export interface Time {
  catchUp(): void
  advance(by: Advance): Promise<void>
  leap(by: Advance): void
}

/** An endpoint answered: when that was the last one of an invoice, its hour begins. */
export const noteAnswer = (world: World, courier: Courier, { eventId, type }: Delivery): void => {
  if (type !== awaitedEvent) return
  const sent = courier.log().filter((each) => each.eventId === eventId)
  const answered = new Set(sent.flatMap(({ endpointId, state }) => (state === 'delivered' ? [endpointId] : [])))
  if (!sent.every(({ endpointId }) => answered.has(endpointId))) return
  webhooksAnswered(world, String(world.store.get('event', eventId)?.data.object.id))
}

/** Moves the test clocks that were told to; each is ready when all that was due has happened. */
const createClockwork = ({ world, onChange }: TimeParts, wait: () => Promise<void> | undefined) => {
  const underway = new Set<string>()
  const move = async (id: string, until: number): Promise<void> => {
    try {
      await passTimeSlowly(world, testClockTime(world, id), { until, wait })
      settleClock(world, id, 'ready')
    } catch {
      settleClock(world, id, 'internal_failure')
    } finally {
      underway.delete(id)
      onChange()
    }
  }
  return (): void => {
    for (const { id, status_details } of world.store.all('test_helpers.test_clock')) {
      const target = status_details?.advancing?.target_frozen_time
      if (target === undefined || underway.has(id)) continue
      underway.add(id)
      void move(id, target)
    }
  }
}

/** How time passes for an account and for its test clocks. */
export const createTime = (parts: TimeParts): Time => {
  const { world, clock, courier } = parts
  const timeline = accountTime(world, clock)
  const wait = (): Promise<void> | undefined =>
    world.settings.webhookPatienceSeconds === 0 ? undefined : courier.tried(awaitedEvent)
  const moveClocks = createClockwork(parts, wait)
  const target = (by: Advance): number => Math.max(world.now(), advancedTime(world.now(), by))
  let seen = Number.NEGATIVE_INFINITY
  let last: Promise<void> = Promise.resolve()
  const advance = async (before: Promise<void>, by: Advance): Promise<void> => {
    await before.catch(() => undefined)
    await passTimeSlowly(world, timeline, { until: target(by), wait })
  }
  return {
    catchUp: () => {
      moveClocks()
      if (world.now() === seen) return
      passTime(world, timeline, world.now())
      seen = world.now()
    },
    advance: (by) => {
      last = advance(last, by)
      return last
    },
    leap: (by) => passTime(world, timeline, target(by)),
  }
}
