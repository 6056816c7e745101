import type { Request, Response } from 'express'
import type { Deps } from '../ports/deps.ts'

/** One request with its answer to be, and the id that both and every log line carry. */
export type Exchange = { deps: Deps; req: Request; res: Response; requestId: string }

const requestIdFormat = /^[\w.:-]{1,128}$/

/** Takes over the request id of a proxy in front, when it is one. */
export const startExchange = (deps: Deps, req: Request, res: Response): Exchange => {
  const given = req.headers['x-request-id']
  const requestId = typeof given === 'string' && requestIdFormat.test(given) ? given : deps.newId()
  return { deps, req, res, requestId }
}

/** The path as the client sent it, without its query. */
export const pathOf = (req: Request): string => (req.originalUrl.split('?')[0] ?? '/').slice(0, 500)
