import type { StripeObject } from '../../domain/objects/base.ts'
import type { TestClock } from '../../domain/objects/test-clock.ts'
import type { World } from '../../world.ts'

/** Whose an object is: a refund is its charge's, a payment its invoice's. */
const customerOf = (world: World, object: StripeObject): string | null => {
  if (object.object === 'customer') return object.id
  const owner = object.customer ?? object.$customer
  if (typeof owner === 'string') return owner
  const via = object.charge ?? object.invoice
  const parent = typeof via === 'string' ? world.store.byId(via) : undefined
  return parent ? customerOf(world, parent) : null
}

/** The id of the test clock that an object lives by; null where it lives by the account's time. */
export const clockIdOf = (world: World, object: StripeObject): string | null => {
  const customer = customerOf(world, object)
  return customer === null ? null : (world.store.get('customer', customer)?.test_clock ?? null)
}

export const clockOf = (world: World, object: StripeObject | undefined): TestClock | undefined => {
  const id = object ? clockIdOf(world, object) : null
  const clock = id === null ? undefined : world.store.get('test_helpers.test_clock', id)
  return clock?.deleted ? undefined : clock
}

/** An object by its id, or the subscription that has an item of this id. */
const named = (world: World, id: string): StripeObject | undefined =>
  id.startsWith('si_')
    ? world.store.all('subscription').find((each) => each.items.data.some((item) => item.id === id))
    : world.store.byId(id)

const words = ['expand', 'metadata']
const maxDepth = 4

const textsOf = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object' || depth > maxDepth) return []
  return Object.entries(value).flatMap(([name, each]) => (words.includes(name) ? [] : textsOf(each, depth + 1)))
}

export interface Mentions {
  readonly ids: readonly string[]
  readonly input: Readonly<Record<string, unknown>>
}

/** The test clock that a call is about: its customer's, or the one a customer is made with. */
export const clockMentioned = (world: World, { ids, input }: Mentions): TestClock | undefined => {
  if (world.store.all('test_helpers.test_clock').length === 0) return undefined
  const { test_clock, ...other } = input
  const given = typeof test_clock === 'string' ? world.store.get('test_helpers.test_clock', test_clock) : undefined
  if (given && !given.deleted) return given
  for (const id of [...ids, ...textsOf(other)]) {
    const clock = clockOf(world, named(world, id))
    if (clock) return clock
  }
  return undefined
}
