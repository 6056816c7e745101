import type { Intent } from '../backend.ts'
import { IntegrationError } from '../integration-error.ts'

export interface RedirectOptions {
  readonly redirect?: 'always' | 'if_required'
  readonly returnUrl?: string | undefined
}

/** Without `if_required` a payment always ends at the return URL, so there has to be one. */
export const checkRedirect = ({ redirect = 'always', returnUrl }: RedirectOptions): void => {
  if (redirect === 'if_required' || returnUrl !== undefined) return
  throw new IntegrationError('confirmParams.return_url is required unless redirect is "if_required".')
}

/** The return URL with what Stripe adds to it. */
export const returnUrlOf = (returnUrl: string, intent: Intent): string => {
  const url = new URL(returnUrl)
  url.searchParams.set(intent.object, intent.id)
  url.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '')
  url.searchParams.set('redirect_status', intent.status === 'processing' ? 'pending' : 'succeeded')
  return url.href
}
