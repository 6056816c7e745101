import { readHealth } from '../../actions/read-health.ts'
import { defineRoute } from '../define-route.ts'
import { health } from '../schemas/system.ts'
import { toHealth } from '../views/system.ts'

export const getHealthRoute = defineRoute({
  name: 'getHealth',
  asks: 'public',
  reply: health,
  status: ({ status }) => (status === 'down' ? 503 : 200),
  run: async ({ deps, context }) => toHealth(deps, await readHealth(deps), context.counts.bodyConsumed),
})
