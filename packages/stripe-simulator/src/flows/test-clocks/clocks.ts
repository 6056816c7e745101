import { invalidRequest, StripeFailure } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { TestClock } from '../../domain/objects/test-clock.ts'
import { boundary } from '../../domain/period.ts'
import type { World } from '../../world.ts'
import { deleteCustomer } from '../delete-customer.ts'
import { cadenceOf } from '../subscriptions/items.ts'

export interface ClockInput {
  readonly customer?: string
  readonly frozen_time: number
  readonly name?: string
}

const lifetimeSeconds = 7 * 86_400
const maxCustomers = 3
const maxSubscriptions = 3

export const customersOf = (world: World, clock: string): Customer[] =>
  world.store.all('customer').filter((customer) => customer.test_clock === clock)

const runningOf = (world: World, customer: string) =>
  world.store.all('subscription').filter((each) => each.customer === customer && each.ended_at === null)

const waitingOf = (world: World, customer: string) =>
  world.store.all('subscription_schedule').filter((each) => each.customer === customer && each.status === 'not_started')

/** A simulation is small: Stripe allows it three customers, and each of them three subscriptions. */
export const refuseCrowd = (world: World, customer: string): void => {
  if (world.store.get('customer', customer)?.test_clock == null) return
  if (runningOf(world, customer).length + waitingOf(world, customer).length < maxSubscriptions) return
  throw invalidRequest(`A customer of a test clock can have at most ${maxSubscriptions} subscriptions.`, {
    param: 'customer',
  })
}

/** The clock that a new customer is to live by. */
export const clockToJoin = (world: World, id: string): TestClock => {
  const clock = world.need('test_helpers.test_clock', id, { param: 'test_clock' })
  if (customersOf(world, id).length < maxCustomers) return clock
  throw invalidRequest(`A test clock can have at most ${maxCustomers} customers.`, { param: 'test_clock' })
}

const refuseAttached = (world: World, customer: Customer, frozen: number): void => {
  if (customer.test_clock !== null) {
    throw invalidRequest(`The customer \`${customer.id}\` is attached to a test clock already.`, { param: 'customer' })
  }
  if (runningOf(world, customer.id).length > maxSubscriptions) {
    throw invalidRequest(`A customer of a test clock can have at most ${maxSubscriptions} subscriptions.`, {
      param: 'customer',
    })
  }
  if (frozen >= world.now()) return
  throw invalidRequest('The frozen time cannot be before the present of a customer that exists already.', {
    param: 'frozen_time',
  })
}

const clocked = ['invoice', 'invoiceitem', 'subscription', 'subscription_schedule'] as const

const attach = (world: World, clock: TestClock, customer: Customer): void => {
  world.update(customer, { test_clock: clock.id }, 'customer.updated')
  for (const name of clocked) {
    const owned = world.store.all(name).filter((each) => each.customer === customer.id)
    for (const object of owned) world.update(object, { test_clock: clock.id })
  }
}

/** A clock that stands still until it is moved. A customer who is there already can be attached to it. */
export const createClock = (world: World, { customer: id, frozen_time, name }: ClockInput): TestClock => {
  const customer = id === undefined ? undefined : world.need('customer', id, { param: 'customer' })
  if (customer) refuseAttached(world, customer, frozen_time)
  const clock = world.insert(
    'test_helpers.test_clock',
    {
      deletes_after: world.now() + lifetimeSeconds,
      frozen_time,
      name: name ?? null,
      status: 'ready',
      status_details: {},
    },
    'test_helpers.test_clock.created',
  )
  if (customer) attach(world, clock, customer)
  return clock
}

/** How far a clock may be moved at once: two intervals of its shortest subscription, or two years. */
const farthest = (world: World, clock: TestClock): number => {
  const prices = customersOf(world, clock.id).flatMap(({ id }) => [
    ...runningOf(world, id).flatMap((each) => each.items.data.map((item) => item.price)),
    ...waitingOf(world, id)
      .flatMap((each) => each.phases.flatMap((phase) => phase.items))
      .map((item) => world.need('price', item.price)),
  ])
  const ends = prices.map((price) => boundary(clock.frozen_time, cadenceOf(price), 2))
  return Math.min(boundary(clock.frozen_time, { interval: 'year', interval_count: 1 }, 2), ...ends)
}

/** While a clock moves, nothing that lives by it can be changed. */
export const refuseAdvancing = (clock: TestClock | undefined): void => {
  if (clock?.status !== 'advancing') return
  throw new StripeFailure(429, {
    type: 'invalid_request_error',
    message: `Test clock advancement underway - cannot perform modifications: ${clock.id}`,
  })
}

/** Begins to move a clock; it has arrived when its status is `ready` again. */
export const advanceClock = (world: World, clock: TestClock, target: number): TestClock => {
  refuseAdvancing(clock)
  if (target <= clock.frozen_time) {
    throw invalidRequest("The frozen time must be after the test clock's current frozen time.", {
      param: 'frozen_time',
    })
  }
  if (target > farthest(world, clock)) {
    throw invalidRequest(
      'A test clock cannot be advanced more than two intervals of its shortest subscription at once, or two years without any.',
      { param: 'frozen_time' },
    )
  }
  const status_details = { advancing: { target_frozen_time: target } }
  const advancing = world.update(clock, { status: 'advancing', status_details })
  world.emit('test_helpers.test_clock.advancing', advancing)
  return advancing
}

/** The clock has arrived, or could not. */
export const settleClock = (world: World, id: string, status: 'internal_failure' | 'ready'): void => {
  const clock = world.store.get('test_helpers.test_clock', id)
  if (clock?.status !== 'advancing' || clock.deleted) return
  world.emit(`test_helpers.test_clock.${status}`, world.update(clock, { status, status_details: {} }))
}

/** Deletes a clock with its customers, whose subscriptions end. */
export const deleteClock = (world: World, clock: TestClock) => {
  refuseAdvancing(clock)
  world.at(clock.frozen_time, () => {
    for (const customer of customersOf(world, clock.id)) deleteCustomer(world, customer)
  })
  const tombstone = { id: clock.id, object: 'test_helpers.test_clock', deleted: true } as const
  world.store.put(tombstone)
  world.emit('test_helpers.test_clock.deleted', clock)
  return tombstone
}
