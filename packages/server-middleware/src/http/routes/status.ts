import { readStatus } from '../../actions/read-status.ts'
import { defineRoute } from '../define-route.ts'
import { status, statusQuery } from '../schemas/status.ts'
import { toStatus } from '../views/status.ts'

export const getStatusRoute = defineRoute({
  name: 'getStatus',
  asks: 'session',
  query: statusQuery,
  reply: status,
  problems: ['not_found', 'provider_unavailable'],
  run: async ({ deps, identity, query }) => toStatus(deps, await readStatus(deps, { identity, ...query })),
})
