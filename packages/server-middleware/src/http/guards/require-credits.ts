import type { RequestHandler } from 'express'
import { checkCredits } from '../../actions/check-credits.ts'
import { insufficientCredits } from '../../actions/insufficient-credits.ts'
import type { HttpContext } from '../context.ts'
import { guard } from './guard.ts'

/** Lets accounts through that have so many credits now. It takes none: for that there is `chargeCredits`. */
export const requireCredits = (context: HttpContext, credits: number): RequestHandler =>
  guard(context, async ({ deps, identity: { accountId } }) => {
    const { allowed, balance } = await checkCredits(deps, { accountId, credits })
    if (!allowed) throw insufficientCredits(deps, credits, balance)
  })
