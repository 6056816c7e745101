import type { Effect } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'

/**
 * Tells whoever listens that something became true. Written down under its key first, so that it is told at least once
 * and, as long as nobody crashes in between, only once.
 */
export const announce = async ({ store, notifier, clock }: Deps, effect: Effect): Promise<void> => {
  const known = await store.effects.add(effect, clock.now())
  if (known === 'delivered') return
  await notifier.notify(effect)
  await store.effects.delivered(effect.key, clock.now())
}
