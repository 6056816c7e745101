import { type Stage, soldItems } from './catalog-step.ts'
import type { StripeApi } from './client.ts'

/** The meters that metered items count with, by the name of their events. */
export const meterSteps: Stage = async (api, catalog) => {
  const wanted = new Set(soldItems(catalog).flatMap(({ item }) => (item.kind === 'metered' ? [item.meter] : [])))
  if (wanted.size === 0) return []
  const known = await findMeters(api)
  return [...wanted].map((name) => ({
    object: 'meter',
    name,
    found: known.has(name) ? 'same' : 'missing',
    mend: (client) =>
      client.billing.meters.create({
        display_name: name,
        event_name: name,
        default_aggregation: { formula: 'sum' },
      }),
  }))
}

/** Event name → meter id, of those in use. */
export const findMeters = (api: StripeApi): Promise<ReadonlyMap<string, string>> =>
  api.ask('list the meters', async (client) => {
    const meters = await client.billing.meters.list({ status: 'active', limit: 100 }).autoPagingToArray({ limit: 1000 })
    return new Map(meters.map((meter) => [meter.event_name, meter.id]))
  })
