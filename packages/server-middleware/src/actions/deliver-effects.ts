import type { Deps } from '../ports/deps.ts'
import { deliverNotifications } from './deliver-notifications.ts'
import { dispatchDue } from './dispatch.ts'
import { effectLine } from './tell-effect.ts'

/**
 * Tells what failed to be told, or whose process died before, and sends what is to be sent, until nothing is due or
 * `signal` stops it. Any number of processes may do so at once. Gives how many of both it took up.
 */
export const deliverEffects = async (deps: Deps, signal?: AbortSignal): Promise<number> => {
  const told = await dispatchDue(deps, effectLine(deps), signal)
  return told + (await deliverNotifications(deps, signal))
}
