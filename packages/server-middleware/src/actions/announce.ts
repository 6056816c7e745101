import type { Effect } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'
import { dispatch } from './dispatch.ts'
import { leaseFrom } from './lease-from.ts'
import { effectLine } from './tell-effect.ts'

/**
 * Tells whoever listens that something became true. Written down under its key first, and told at once; when that
 * fails, or the process dies before, it is told later. So it is told at least once and, as long as nothing fails, only
 * once. Throws only when it could not be written down.
 */
export const announce = async (deps: Deps, effect: Effect): Promise<void> => {
  const lease = leaseFrom(deps)
  const claim = await deps.store.effects.claim(effect, lease)
  if (claim.outcome !== 'mine') return
  await dispatch(deps, effectLine(deps), { item: effect, attempts: claim.attempts, owner: lease.owner })
}
