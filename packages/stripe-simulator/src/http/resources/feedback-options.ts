import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { FeedbackOption } from '../../domain/objects/billing.ts'
import { matches, newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

const longest = 100

const checkDescription = (description: string): string => {
  if (description.length <= longest) return description
  throw invalidRequest(`Invalid string: ${description.slice(0, 20)}…; must be at most ${longest} characters`, {
    code: 'parameter_invalid_string_long',
    param: 'description',
  })
}

const needOption = (call: Call): FeedbackOption =>
  call.world.need('billing.feedback_option', idOf(call), { status: 404, param: 'id' })

const deactivate = (call: Call): FeedbackOption => {
  const option = needOption(call)
  if (option.status === 'inactive') throw invalidRequest('The feedback option is already inactive.', { param: 'id' })
  return call.world.update(option, {
    status: 'inactive',
    status_transitions: { deactivated_at: call.world.now() },
  })
}

export const feedbackOptionRoutes: Routes = {
  'POST /v1/billing/feedback_options': route<{ description: string }>(['description'], ({ world }, { description }) =>
    world.insert('billing.feedback_option', {
      created: undefined,
      description: checkDescription(description),
      status: 'active',
      status_transitions: { deactivated_at: null },
    }),
  ),
  'GET /v1/billing/feedback_options/{id}': route([], needOption),
  'POST /v1/billing/feedback_options/{id}': route<{ description?: string }>(
    ['description'],
    (call, { description }) => {
      if (description === undefined) throw missingParam('description')
      return call.world.update(needOption(call), { description: checkDescription(description) })
    },
  ),
  'POST /v1/billing/feedback_options/{id}/deactivate': route([], deactivate),
  'GET /v1/billing/feedback_options': route<{ status?: string }>([...pageParams, 'status'], (call, { status }) =>
    newestFirst(
      call,
      call.world.store.all('billing.feedback_option').filter((option) => matches(option, { status })),
    ),
  ),
}
