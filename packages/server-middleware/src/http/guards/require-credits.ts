import type { RequestHandler } from 'express'
import { checkCredits } from '../../actions/check-credits.ts'
import { insufficientCredits } from '../../actions/insufficient-credits.ts'
import type { HttpContext } from '../context.ts'
import { guard } from './guard.ts'
import { countedIn, type UnitOption } from './unit-option.ts'

export type CreditsNeeded = UnitOption & { credits: number }

/** Lets accounts through that have so many credits now. It takes none: for that there is `chargeCredits`. */
export const requireCredits = (context: HttpContext, { credits, ...option }: CreditsNeeded): RequestHandler => {
  const unit = countedIn(context, option)
  return guard(context, async ({ deps, identity: { accountId } }) => {
    const { allowed, balance } = await checkCredits(deps, { accountId, unit, credits })
    if (!allowed) throw insufficientCredits(deps, { unit, credits }, balance)
  })
}
