import { retryAt } from '../domain/retry.ts'
import type { Deps } from '../ports/deps.ts'
import type { LogFields } from '../ports/logger.ts'
import type { Outbox } from '../ports/outbox.ts'
import { describeError } from './describe-error.ts'
import { leaseFrom } from './lease-from.ts'

/** An outbox with the way its items reach whom they are for. */
export type Line<Item extends { key: string }> = {
  /** The word before `_failed` and `_dead` in the log. */
  name: string
  outbox: Outbox<Item>
  /** How many may be on their way at once. */
  atOnce: number
  deliver(item: Item): Promise<void>
  fieldsOf(item: Item): LogFields
}

export type Leased<Item> = { item: Item; attempts: number; owner: string }

/** Delivers what is leased and settles it. What fails is kept for later: that is no error of whoever asked for it. */
export const dispatch = async <Item extends { key: string }>(
  deps: Deps,
  line: Line<Item>,
  leased: Leased<Item>,
): Promise<void> => {
  const { item, owner } = leased
  try {
    await line.deliver(item)
  } catch (error) {
    return postpone(deps, line, { ...leased, error })
  }
  await line.outbox.sent(item.key, owner, deps.clock.now())
}

/** Delivers what is due until nothing is or `signal` stops it; gives how many it took up. */
export const dispatchDue = async <Item extends { key: string }>(
  deps: Deps,
  line: Line<Item>,
  signal?: AbortSignal,
): Promise<number> => {
  let count = 0
  while (!signal?.aborted) {
    const lease = leaseFrom(deps)
    const due = await line.outbox.claimDue(lease, line.atOnce)
    if (due.length === 0) break
    const { owner } = lease
    await Promise.all(due.map(({ item, attempts }) => dispatch(deps, line, { item, attempts, owner })))
    count += due.length
  }
  return count
}

type Failure<Item> = Leased<Item> & { error: unknown }

const postpone = async <Item extends { key: string }>(
  { clock, logger }: Deps,
  { name, outbox, fieldsOf }: Line<Item>,
  { item, attempts, owner, error }: Failure<Item>,
): Promise<void> => {
  const now = clock.now()
  const again = retryAt(attempts, now, Math.random())
  await outbox.fail(item.key, owner, { error: describeError(error), now, retryAt: again })
  const fields = { ...fieldsOf(item), attempts, err: error }
  if (again === null) logger.error(fields, `${name}_dead`)
  else logger.warn({ ...fields, retryAt: again }, `${name}_failed`)
}
