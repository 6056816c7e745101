import type { OpenSimulator } from './open-simulator.ts'

/** What happened since a moment of the story. */
export const eventsAfter = async ({ stripe }: OpenSimulator, work: () => Promise<unknown>): Promise<string[]> => {
  const before = new Set((await stripe.events.list({ limit: 100 })).data.map(({ id }) => id))
  await work()
  const { data } = await stripe.events.list({ limit: 100 })
  return data
    .filter(({ id }) => !before.has(id))
    .map(({ type }) => type)
    .reverse()
}
