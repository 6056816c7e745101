import type { Deps } from '../ports/deps.ts'
import type { Lease } from '../ports/inbox.ts'

const leaseMilliseconds = 60_000

/** From now on, under a name of its own: whoever comes too late finds another one's. */
export const leaseFrom = ({ clock, newId }: Deps): Lease => {
  const now = clock.now()
  return { owner: newId(), now, until: new Date(now.getTime() + leaseMilliseconds) }
}
