import type { Request } from 'express'
import { BillingError } from '../domain/errors.ts'

/**
 * Cookies are assumed, so what changes something must come from the host's own pages or from a trusted origin. A caller
 * that sends neither `Sec-Fetch-Site` nor `Origin` is no browser, and passes.
 *
 * @throws BillingError `cross_site_request`
 */
export const requireSameSite = (req: Request, trustedOrigins: readonly string[]): void => {
  const { origin } = req.headers
  if (origin !== undefined && trustedOrigins.includes(origin)) return
  if (isSameSite(req, origin)) return
  throw new BillingError(
    'cross_site_request',
    'This request comes from another site. If that site is yours, add its origin to trustedOrigins.',
  )
}

const sameSite: readonly unknown[] = ['same-origin', 'same-site', 'none']

const isSameSite = ({ headers }: Request, origin: string | undefined): boolean => {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return sameSite.includes(site)
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === headers.host
}
