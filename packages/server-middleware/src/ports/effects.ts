import type { Effect } from '../domain/event.ts'
import type { Outbox } from './outbox.ts'

/** What became true, until the host's hooks know, and after that, so that nothing is told anew. */
export interface EffectLog extends Outbox<Effect> {}
