import { invalidRequest, noSuch } from '../../domain/failure.ts'
import type { Alert } from '../../domain/objects/billing.ts'
import { type AlertInput, createAlert } from '../../flows/meters/alerts.ts'
import { matches, newestFirst, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

/** An archived alert is gone from the API. */
const needAlert = (call: Call): Alert => {
  const alert = call.world.need('billing.alert', idOf(call), { status: 404, param: 'id' })
  if (alert.status === 'archived') throw noSuch('billing.alert', alert.id, { status: 404, param: 'id' })
  return alert
}

const turn = (call: Call, status: Alert['status']): Alert => {
  const alert = needAlert(call)
  if (alert.status === status) throw invalidRequest(`The alert is already ${status}.`, { param: 'id' })
  return call.world.update(alert, status === 'active' ? { status, $told: [] } : { status })
}

interface AlertList {
  readonly alert_type?: string
  readonly meter?: string
}

const list = (call: Call, { alert_type, meter }: AlertList) => {
  const kept = call.world.store.all('billing.alert').filter(({ status }) => status !== 'archived')
  return newestFirst(
    call,
    kept.filter((alert) => matches(alert, { alert_type }) && [undefined, alert.usage_threshold.meter].includes(meter)),
  )
}

export const alertRoutes: Routes = {
  'POST /v1/billing/alerts': route<AlertInput>(['alert_type', 'title', 'usage_threshold'], ({ world }, input) =>
    createAlert(world, input),
  ),
  'GET /v1/billing/alerts/{id}': route([], needAlert),
  'POST /v1/billing/alerts/{id}/activate': route([], (call) => turn(call, 'active')),
  'POST /v1/billing/alerts/{id}/archive': route([], (call) => turn(call, 'archived')),
  'POST /v1/billing/alerts/{id}/deactivate': route([], (call) => turn(call, 'inactive')),
  'GET /v1/billing/alerts': route<AlertList>([...pageParams, 'alert_type', 'meter'], list),
}
