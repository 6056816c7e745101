import type { Deps } from '../ports.ts'
import type { Charge } from './charge-credits.ts'
import { captureHold, releaseHold } from './end-hold.ts'
import { type HoldInput, holdCredits } from './hold-credits.ts'

/** What work came to: its result, and how many credits it cost. */
export type Work<Result> = () => Promise<{ result: Result; credits: number }>

export type WorkedOff<Result> = { result: Result; charge: Charge }

/**
 * Sets credits aside, does the work, and spends what it reports; gives them back when it throws or costs nothing. A
 * process that dies at it leaves a hold that runs out.
 */
export const withHold = async <Result>(deps: Deps, hold: HoldInput, work: Work<Result>): Promise<WorkedOff<Result>> => {
  const { hold: held } = await holdCredits(deps, hold)
  const ending = { identity: hold.identity, holdId: held.id, note: hold.note }
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
