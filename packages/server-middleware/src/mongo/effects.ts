import type { Effect } from '../domain/event.ts'
import type { EffectLog } from '../ports/effects.ts'
import type { Database } from './database.ts'

interface EffectDocument {
  _id: string
  effect: Effect
  addedAt: Date
  deliveredAt: Date | null
}

export const createEffects = (database: Database): EffectLog => {
  const rows = database.rows<EffectDocument>({ name: 'effects', indexes: [] })
  return {
    async add(effect, now) {
      const fresh = { effect, addedAt: now, deliveredAt: null }
      const row = await rows.change({ _id: effect.key }, { $setOnInsert: fresh }, { upsert: true })
      return row?.deliveredAt ? 'delivered' : 'pending'
    },
    async delivered(key, now) {
      await rows.update({ _id: key, deliveredAt: null }, { $set: { deliveredAt: now } })
    },
  }
}
