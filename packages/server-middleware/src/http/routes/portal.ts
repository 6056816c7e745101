import { openPortal } from '../../actions/open-portal.ts'
import { defineRoute } from '../define-route.ts'
import { portalRequest, portalResponse } from '../schemas/checkout.ts'

export const openPortalRoute = defineRoute({
  name: 'openPortal',
  asks: 'session',
  body: portalRequest,
  reply: portalResponse,
  problems: ['not_found', 'email_required', 'provider_refused', 'provider_unavailable'],
  keyed: 'answers',
  run: ({ deps, identity, body: { returnPath = null, flow = null } }) =>
    openPortal(deps, { identity, returnPath, flow }),
})
