import type { MeterEvent } from '../../domain/objects/billing.ts'
import type { Period } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'

export interface Measured {
  readonly meter: string
  readonly customer: string
  /** From its start until just before its end. */
  readonly period: Period
}

const isMeasured = (event: MeterEvent, { meter, customer, period }: Measured): boolean =>
  event.$meter === meter &&
  event.$customer === customer &&
  event.$canceled !== true &&
  event.timestamp >= period.start &&
  event.timestamp < period.end

/** What a meter says of a customer's use in a period. */
export const usageOf = (world: World, measured: Measured): number => {
  const events = world.store.all('billing.meter_event').filter((event) => isMeasured(event, measured))
  const { formula } = world.need('billing.meter', measured.meter).default_aggregation
  if (formula === 'last') return events.sort((a, b) => a.timestamp - b.timestamp).at(-1)?.$value ?? 0
  return events.reduce((sum, event) => sum + event.$value, 0)
}
