import type { Request, RequestHandler, Response } from 'express'
import { type AccountStatus, readStatus } from '../../actions/read-status.ts'
import type { Identity } from '../../domain/account.ts'
import { send } from '../answer.ts'
import { requireIdentity } from '../caller.ts'
import type { HttpContext } from '../context.ts'
import { toProblemAnswer } from '../error-handler.ts'
import { type Exchange, startExchange } from '../exchange.ts'

/** Who passes, when nothing is thrown. */
export type Admit = (asked: Exchange & { identity: Identity }) => Promise<void>

/** Middleware for the host's own routes: whom `admit` refuses gets a problem document, everybody else goes on. */
export const guard = (context: HttpContext, admit: Admit): RequestHandler =>
  async function guardRoute(req: Request, res: Response, next) {
    const exchange = startExchange(context.deps, req, res)
    try {
      await admit({ ...exchange, identity: await requireIdentity(context, req) })
    } catch (error) {
      send(exchange, toProblemAnswer(exchange, error))
      return
    }
    next()
  }

/** A guard that decides by what the account is on. */
export const statusGuard = (
  context: HttpContext,
  admit: (status: AccountStatus, req: Request) => Promise<void> | void,
): RequestHandler => guard(context, async ({ deps, req, identity }) => admit(await readStatus(deps, { identity }), req))
