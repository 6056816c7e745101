import { distinctFacts, type Fact, type ProviderEvent } from '../domain/event.ts'
import { retryAt } from '../domain/retry.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { applyFact } from './apply-fact.ts'
import { describeError } from './describe-error.ts'
import { readFact } from './read-facts.ts'

/** An event that is leased, with how often it has been. */
export type LeasedEvent = ProviderEvent & { attempts: number }

/** `dead` is given up until somebody asks for it, `failed` will be tried again. */
export type Result = 'done' | 'ignored' | 'dead' | 'failed'

export type Applied = { result: Result; error?: unknown }

/** Applies what is known of one subject with as few looks as that takes, and settles it or says why it cannot be. */
export const applyEvents = async (deps: Deps, events: readonly LeasedEvent[], owner: string): Promise<Applied> => {
  const readings = await readAll(deps, events)
  if ('error' in readings) return postponeAll(deps, { events, error: readings.error }, owner)
  const readable = readings.flatMap((reading) => ('fact' in reading ? [reading] : []))
  const facts = readable.flatMap(({ fact }) => fact ?? [])
  for (const reading of readings) if ('error' in reading) await bury(deps, reading, owner)
  if (readable.length === 0) return { result: 'dead' }
  return applyFacts(deps, { events: readable.map(({ event }) => event), facts, owner })
}

const readAll = async (deps: Deps, events: readonly LeasedEvent[]) => {
  try {
    return await Promise.all(events.map(async (event) => ({ event, ...(await read(deps, event)) })))
  } catch (error) {
    return { error }
  }
}

/** An event whose payload was erased is fetched again, as long as the provider has it. */
const read = async (deps: Deps, event: ProviderEvent) => {
  if (event.payload !== null) return readFact(deps, event)
  const fetched = await deps.provider.findEvent(event.id)
  return fetched ? readFact(deps, fetched) : { fact: null }
}

type Work = { events: readonly LeasedEvent[]; facts: readonly Fact[]; owner: string }

const applyFacts = async (deps: Deps, { events, facts, owner }: Work): Promise<Applied> => {
  try {
    const known: boolean[] = []
    for (const fact of distinctFacts(facts)) known.push(await applyFact(deps, fact))
    const state = known.includes(true) ? 'done' : 'ignored'
    const ids = events.map(({ id }) => id)
    await deps.store.events.settle(ids, owner, { state, now: deps.clock.now() })
    return { result: state }
  } catch (error) {
    return postponeAll(deps, { events, error }, owner)
  }
}

type Failures = { events: readonly LeasedEvent[]; error: unknown }

const postponeAll = async (deps: Deps, { events, error }: Failures, owner: string): Promise<Applied> => {
  const results = await Promise.all(events.map((event) => postpone(deps, { event, error }, owner)))
  return { result: results.includes('failed') ? 'failed' : 'dead', error }
}

type Failure = { event: LeasedEvent; error: unknown }

const postpone = async (deps: Deps, { event, error }: Failure, owner: string): Promise<'failed' | 'dead'> => {
  const again = retryAt(event.attempts, deps.clock.now(), Math.random())
  if (again === null) return bury(deps, { event, error }, owner)
  await deps.store.events.fail(event.id, owner, { error: describeError(error), now: deps.clock.now(), retryAt: again })
  deps.logger.warn({ ...fieldsOf(event), retryAt: again, err: error }, 'event_failed')
  return 'failed'
}

/**
 * What cannot be read today will not be readable tomorrow: a person has to look, and a newer version may. Announced
 * before it is given up, so that a crash in between makes somebody come by again.
 */
const bury = async (deps: Deps, { event, error }: Failure, owner: string): Promise<'dead'> => {
  const { id: eventId, type: eventType } = event
  const about = { accountId: null, eventId, eventType, error: describeError(error) }
  await announce(deps, { type: 'event.dead', key: `event.dead:${eventId}`, ...about })
  await deps.store.events.fail(event.id, owner, { error: describeError(error), now: deps.clock.now(), retryAt: null })
  deps.logger.error({ ...fieldsOf(event), err: error }, 'event_dead')
  return 'dead'
}

const fieldsOf = ({ id, type, objectId, apiVersion, attempts }: LeasedEvent) => ({
  eventId: id,
  type,
  objectId,
  apiVersion,
  attempts,
})
