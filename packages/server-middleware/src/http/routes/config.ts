import { defineRoute } from '../define-route.ts'
import { config } from '../schemas/system.ts'
import { toConfig } from '../views/system.ts'

export const getConfigRoute = defineRoute({
  name: 'getConfig',
  asks: 'public',
  reply: config,
  run: async ({ deps }) => toConfig(deps),
})
