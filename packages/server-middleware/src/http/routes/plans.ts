import { listPlans } from '../../actions/list-plans.ts'
import { defineRoute } from '../define-route.ts'
import { plansResponse } from '../schemas/plans.ts'
import { toPlansResponse } from '../views/plans.ts'

export const listPlansRoute = defineRoute({
  name: 'listPlans',
  asks: 'optional-session',
  reply: plansResponse,
  run: async ({ deps, identity }) => toPlansResponse(deps, await listPlans(deps, { identity })),
})
