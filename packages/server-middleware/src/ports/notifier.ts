import type { Effect } from '../domain/event.ts'

/** Who hears of effects: the host's hooks today, mail tomorrow. Throws when somebody who must hear could not. */
export interface Notifier {
  notify(effect: Effect): Promise<void>
}
