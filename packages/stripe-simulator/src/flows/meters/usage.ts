import type { Meter, MeterEvent } from '../../domain/objects/billing.ts'
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

/** What a meter makes of some events. */
const aggregate = ({ default_aggregation }: Meter, events: MeterEvent[]): number => {
  if (default_aggregation.formula !== 'last') return events.reduce((sum, event) => sum + event.$value, 0)
  return events.sort((a, b) => a.timestamp - b.timestamp).at(-1)?.$value ?? 0
}

/** What a meter says of a customer's use in a period. */
export const usageOf = (world: World, measured: Measured): number => {
  const events = world.store.all('billing.meter_event').filter((event) => isMeasured(event, measured))
  return aggregate(world.need('billing.meter', measured.meter), events)
}

/** The same of all that was reported since so many events were known, whenever it happened. */
export const usageSince = (world: World, known: number, { meter, customer }: Omit<Measured, 'period'>): number => {
  const always = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }
  const reported = world.store.all('billing.meter_event').slice(known)
  const events = reported.filter((event) => isMeasured(event, { meter, customer, period: always }))
  return aggregate(world.need('billing.meter', meter), events)
}

/** The hours, or days, of a period in which something was used: the latest first. */
export const usedWindows = (world: World, measured: Measured, seconds: number): Period[] => {
  const events = world.store.all('billing.meter_event').filter((event) => isMeasured(event, measured))
  const starts = new Set(events.map(({ timestamp }) => timestamp - (timestamp % seconds)))
  return [...starts].sort((a, b) => b - a).map((start) => ({ start, end: start + seconds }))
}
