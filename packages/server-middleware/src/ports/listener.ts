import type { Effect } from '../domain/event.ts'

/** Who hears of effects in this process: the host's hooks. Throws when one of them did. */
export interface Listener {
  hear(effect: Effect): Promise<void>
}
