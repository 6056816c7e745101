import type { Deps } from '../ports/deps.ts'
import type { OutboxPosition } from '../ports/outbox.ts'
import { notificationLine } from './deliver-notifications.ts'
import { dispatch, type Line } from './dispatch.ts'
import { leaseFrom } from './lease-from.ts'
import { listOutbox, type OutboxItem, type OutboxPage, readOutgoing, undelivered } from './read-outbox.ts'
import { effectLine } from './tell-effect.ts'

/**
 * Tells an effect, or sends a message, now, however often it failed, and gives how it is after that. What was sent is
 * left alone, and so is what another process is at. Effects are told to the hooks of this process.
 *
 * @throws BillingError `not_found`
 */
export const retryOutgoing = async (deps: Deps, key: string): Promise<OutboxItem> => {
  const { kind } = await readOutgoing(deps, key)
  await (kind === 'effect' ? retryIn(deps, effectLine(deps), key) : retryIn(deps, notificationLine(deps), key))
  return readOutgoing(deps, key)
}

const retryIn = async <Item extends { key: string }>(deps: Deps, line: Line<Item>, key: string): Promise<void> => {
  const isDue = await line.outbox.requeue(key, deps.clock.now())
  const outgoing = isDue ? await line.outbox.find(key) : null
  if (!outgoing) return
  const lease = leaseFrom(deps)
  const claim = await line.outbox.claim(outgoing.item, lease)
  if (claim.outcome !== 'mine') return
  await dispatch(deps, line, { item: outgoing.item, attempts: claim.attempts, owner: lease.owner })
}

const itemsAtOnce = 100

/** All that failed or were given up, one after the other, the newest first. */
export async function* retryOutbox(deps: Deps): AsyncIterable<OutboxItem> {
  let before: OutboxPosition | null = null
  do {
    const page: OutboxPage = await listOutbox(deps, { states: undelivered, before, limit: itemsAtOnce })
    for (const { key } of page.items) yield await retryOutgoing(deps, key)
    before = page.next
  } while (before !== null)
}
