import type { Effect } from '../domain/event.ts'

export interface EffectLog {
  /** Writes the effect down under its key; `delivered` when that was done and acted upon before. */
  add(effect: Effect, now: Date): Promise<'pending' | 'delivered'>
  delivered(key: string, now: Date): Promise<void>
}
