import type { Effect } from '../domain/event.ts'
import type { EffectLog } from '../ports/effects.ts'
import { createTable } from './table.ts'

type Row = { effect: Effect; addedAt: Date; deliveredAt: Date | null }

export const createEffects = (): EffectLog => {
  const rows = createTable<Row>()
  return {
    async add(effect, now) {
      const row = rows.get(effect.key) ?? rows.put(effect.key, { effect, addedAt: now, deliveredAt: null })
      return row.deliveredAt ? 'delivered' : 'pending'
    },
    async delivered(key, now) {
      const row = rows.get(key)
      if (row && row.deliveredAt === null) rows.put(key, { ...row, deliveredAt: now })
    },
  }
}
