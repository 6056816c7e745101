import type { Effect } from '../domain/event.ts'
import type { EffectLog } from '../ports/effects.ts'
import type { Database } from './database.ts'
import { createOutbox, type OutboxDocument, outboxIndexes } from './outbox.ts'

export const createEffects = (database: Database): EffectLog =>
  createOutbox(database.rows<OutboxDocument<Effect>>({ name: 'effects', indexes: outboxIndexes }), null)
