import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { Alert, MeterEvent, UsageThreshold } from '../../domain/objects/billing.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { usageSince } from './usage.ts'

interface ThresholdInput {
  readonly filters?: readonly { readonly customer?: string; readonly type: 'customer' }[]
  readonly gte: number
  readonly meter: string
  readonly recurrence: 'one_time'
}

export interface AlertInput {
  readonly alert_type: 'usage_threshold'
  readonly title: string
  readonly usage_threshold?: ThresholdInput
}

const mostAlerts = 25
const longestTitle = 256

const checkTitle = (title: string): void => {
  if (title.length <= longestTitle) return
  throw invalidRequest(`Invalid string: ${title.slice(0, 20)}…; must be at most ${longestTitle} characters`, {
    code: 'parameter_invalid_string_long',
    param: 'title',
  })
}

const filtersOf = (world: World, { filters = [] }: ThresholdInput): UsageThreshold['filters'] => {
  const [filter] = filters
  const param = 'usage_threshold[filters]'
  if (filters.length > 1) throw invalidRequest('You can only specify up to one filter.', { param })
  if (!filter) return null
  if (filter.customer === undefined) throw missingParam(`${param}[0][customer]`)
  const { id } = world.need('customer', filter.customer, { param: `${param}[0][customer]` })
  return [{ customer: id, type: 'customer' }]
}

const customerOf = ({ filters }: UsageThreshold): string | null => filters?.[0]?.customer ?? null

const thresholdOf = (world: World, { usage_threshold: input }: AlertInput): UsageThreshold => {
  if (!input) throw missingParam('usage_threshold')
  if (input.gte < 1) {
    throw invalidRequest('This value must be greater than or equal to 1.', {
      code: 'parameter_invalid_integer',
      param: 'usage_threshold[gte]',
    })
  }
  const meter = world.need('billing.meter', input.meter, { param: 'usage_threshold[meter]' })
  return { filters: filtersOf(world, input), gte: input.gte, meter: meter.id, recurrence: input.recurrence }
}

const refuseTooMany = (world: World, threshold: UsageThreshold): void => {
  const same = world.store
    .all('billing.alert')
    .filter(({ status, usage_threshold: other }) => status !== 'archived' && other.meter === threshold.meter)
    .filter((alert) => customerOf(alert.usage_threshold) === customerOf(threshold))
  if (same.length < mostAlerts) return
  throw invalidRequest(`You can create at most ${mostAlerts} alerts for a meter and a customer.`, {
    param: 'usage_threshold',
  })
}

export const createAlert = (world: World, input: AlertInput): Alert => {
  checkTitle(input.title)
  const usage_threshold = thresholdOf(world, input)
  refuseTooMany(world, usage_threshold)
  return world.insert('billing.alert', {
    alert_type: input.alert_type,
    created: undefined,
    status: 'active',
    title: input.title,
    usage_threshold,
    $since: world.store.all('billing.meter_event').length,
    $told: [],
  })
}

const watches = ({ status, usage_threshold, $told }: Alert, { $meter, $customer }: MeterEvent): boolean =>
  status === 'active' &&
  usage_threshold.meter === $meter &&
  [null, $customer].includes(customerOf(usage_threshold)) &&
  !$told.includes($customer)

const tell = (world: World, alert: Alert, customer: string): void => {
  const value = usageSince(world, alert.$since, { meter: alert.usage_threshold.meter, customer })
  if (value < alert.usage_threshold.gte) return
  const told = world.update(alert, { $told: [...alert.$told, customer] })
  const triggered = { alert: render(told), created: world.now(), customer, livemode: false, value }
  world.emit('billing.alert.triggered', { object: 'billing.alert_triggered', ...triggered })
}

/** Tells of the thresholds that what was reported just now has reached: of each once for a customer. */
export const tellAlerts = (world: World, event: MeterEvent): void => {
  for (const alert of world.store.all('billing.alert')) {
    if (watches(alert, event)) tell(world, alert, event.$customer)
  }
}
