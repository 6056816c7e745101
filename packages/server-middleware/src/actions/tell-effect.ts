import type { Effect } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'
import type { Line } from './dispatch.ts'
import { writeNotifications } from './write-notifications.ts'

const effectsAtOnce = 16

/** The way of an effect: to the host's hooks, and to the outbox of notifications. */
export const effectLine = (deps: Deps): Line<Effect> => ({
  name: 'effect',
  outbox: deps.store.effects,
  atOnce: effectsAtOnce,
  deliver: (effect) => tellEffect(deps, effect),
  fieldsOf: ({ key, type, accountId }) => ({ effect: key, type, accountId }),
})

/** Neither waits for the other to succeed; the first failure is thrown when both have been tried. */
const tellEffect = async (deps: Deps, effect: Effect): Promise<void> => {
  const results = await Promise.allSettled([writeNotifications(deps, effect), deps.listener.hear(effect)])
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
