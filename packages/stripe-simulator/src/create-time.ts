import { type Advance, advancedTime, type Clock } from './clock.ts'
import type { Courier } from './delivery/courier.ts'
import type { Delivery } from './delivery/delivery.ts'
import { awaitedEvent, webhooksAnswered } from './flows/invoices/webhooks-answered.ts'
import { settleClock } from './flows/test-clocks/clocks.ts'
import { accountTime, passTime, passTimeSlowly, testClockTime } from './passing-time.ts'
import type { Accounts, World } from './world.ts'

export interface TimeParts {
  readonly accounts: Accounts
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
export const noteAnswer = (accounts: Accounts, courier: Courier, { eventId, type }: Delivery): void => {
  if (type !== awaitedEvent) return
  const sent = courier.log().filter((each) => each.eventId === eventId)
  const answered = new Set(sent.flatMap(({ endpointId, state }) => (state === 'delivered' ? [endpointId] : [])))
  if (!sent.every(({ endpointId }) => answered.has(endpointId))) return
  const world = accounts.holding(eventId)
  webhooksAnswered(world, String(world.store.get('event', eventId)?.data.object.id))
}

/** Moves the test clocks that were told to; each is ready when all that was due has happened. */
const createClockwork = ({ accounts, onChange }: TimeParts, wait: () => Promise<void> | undefined) => {
  const underway = new Set<string>()
  const move = async (world: World, id: string, until: number): Promise<void> => {
    try {
      await passTimeSlowly(accounts, testClockTime(world, id), { until, wait })
      settleClock(world, id, 'ready')
    } catch {
      settleClock(world, id, 'internal_failure')
    } finally {
      underway.delete(id)
      onChange()
    }
  }
  const moveIn = (world: World): void => {
    for (const { id, status_details } of world.store.all('test_helpers.test_clock')) {
      const target = status_details?.advancing?.target_frozen_time
      if (target === undefined || underway.has(id)) continue
      underway.add(id)
      void move(world, id, target)
    }
  }
  return (): void => accounts.all().forEach(moveIn)
}

/** How time passes for the accounts, and for their test clocks. */
export const createTime = (parts: TimeParts): Time => {
  const { accounts, clock, courier } = parts
  const { platform } = accounts
  const timeline = accountTime(clock)
  const wait = (): Promise<void> | undefined =>
    platform.settings.webhookPatienceSeconds === 0 ? undefined : courier.tried(awaitedEvent)
  const moveClocks = createClockwork(parts, wait)
  const target = (by: Advance): number => Math.max(platform.now(), advancedTime(platform.now(), by))
  let seen = Number.NEGATIVE_INFINITY
  let last: Promise<void> = Promise.resolve()
  const advance = async (before: Promise<void>, by: Advance): Promise<void> => {
    await before.catch(() => undefined)
    await passTimeSlowly(accounts, timeline, { until: target(by), wait })
  }
  return {
    catchUp: () => {
      moveClocks()
      if (platform.now() === seen) return
      passTime(accounts, timeline, platform.now())
      seen = platform.now()
    },
    advance: (by) => {
      last = advance(last, by)
      return last
    },
    leap: (by) => passTime(accounts, timeline, target(by)),
  }
}
