import type { Request, RequestHandler } from 'express'
import { type Charge, chargeCredits as charge } from '../../actions/charge-credits.ts'
import { BillingError } from '../../domain/errors.ts'
import type { HttpContext } from '../context.ts'
import { pathOf } from '../exchange.ts'
import { digest, readKey } from '../idempotency.ts'
import { guard } from './guard.ts'
import { countedIn, type UnitOption } from './unit-option.ts'

/** How many credits a request costs. */
export type Cost = number | ((req: Request) => number | Promise<number>)

export type Charging = UnitOption & { cost: Cost }

/** What `chargeCredits` leaves on `res.locals.billing` for the route behind it. */
export type ChargedLocals = { billing: Charge }

/**
 * Takes the credits before the route runs, or refuses; a request that costs 0 passes. The same request again, with the
 * same Idempotency-Key, is charged once and marked `replayed`; the key with another request is refused, so that one
 * charge never pays for two.
 */
export const chargeCredits = (context: HttpContext, { cost, ...option }: Charging): RequestHandler => {
  const unit = countedIn(context, option)
  return guard(context, async ({ deps, req, res, identity }) => {
    const credits = await creditsOf(cost, req)
    if (credits === 0) return
    const key = `guard:${readKey(req) ?? deps.newId()}`
    const metadata = { request: digest([req.method, req.originalUrl, req.body]) }
    const note = { description: `${req.method} ${pathOf(req)}`, metadata, amountMinor: null, currency: null }
    const locals: ChargedLocals = { billing: await charge(deps, { identity, unit, credits, key, note }) }
    Object.assign(res.locals, locals)
  })
}

const creditsOf = async (cost: Cost, req: Request): Promise<number> => {
  const credits = typeof cost === 'number' ? cost : await cost(req)
  if (Number.isSafeInteger(credits) && credits >= 0) return credits
  throw new BillingError(
    'misconfigured',
    `chargeCredits was told to take ${credits}: it takes whole numbers of at least 0.`,
  )
}
