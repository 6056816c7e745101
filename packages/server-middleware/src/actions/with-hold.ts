import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import type { Charge } from './charge-credits.ts'
import { captureHold, releaseHold } from './end-hold.ts'
import { type HeldCredits, type HoldInput, holdCredits } from './hold-credits.ts'
import { toHoldId } from './hold-id.ts'

/** What work came to: its result, and how many credits it cost. */
export type Work<Result> = () => Promise<{ result: Result; credits: number }>

export type WorkedOff<Result> = { result: Result; charge: Charge }

/**
 * Sets credits aside, does the work, and spends what it reports; gives them back when it throws or costs nothing. A
 * process that dies at it leaves a hold that runs out. Under a key whose hold is over no work begins: nothing would pay
 * for it.
 *
 * @throws BillingError `hold_closed`, and what `holdCredits` and `captureHold` throw
 */
export const withHold = async <Result>(deps: Deps, hold: HoldInput, work: Work<Result>): Promise<WorkedOff<Result>> => {
  const held = await holdCredits(deps, hold)
  refuseOver(deps, held)
  const ending = { identity: hold.identity, holdId: held.hold.id, note: hold.note }
  const done = await work().catch(async (error: unknown) => {
    await releaseHold(deps, ending)
    throw error
  })
  const charge =
    done.credits === 0
      ? await releaseHold(deps, ending)
      : await captureHold(deps, { ...ending, credits: done.credits, allowExtra: true })
  return { result: done.result, charge }
}

const refuseOver = (deps: Deps, { unit, hold, balance, replayed }: HeldCredits): void => {
  const now = deps.clock.now()
  const isOpen = balance.holds.some(({ id, expiresAt }) => toHoldId(deps, unit, id) === hold.id && now < expiresAt)
  if (isOpen || !replayed) return
  throw new BillingError(
    'hold_closed',
    'The hold of this key is over: its work was done, given up or not finished in time. Use a new key for new work.',
  )
}
