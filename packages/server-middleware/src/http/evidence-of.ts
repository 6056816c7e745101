import type { Request } from 'express'
import type { Evidence } from '../domain/account.ts'
import type { HttpContext } from './context.ts'

/** What the host wants to keep for a dispute, if anything. */
export const evidenceOf = async ({ evidence }: HttpContext, req: Request): Promise<Evidence | null> =>
  (await evidence?.(req)) || null
