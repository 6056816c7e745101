import type { Fields } from './acacia-shapes.ts'
import { openSimulator } from './open-simulator.ts'
import { openReceiver, type Receiver } from './receiver.ts'

export const acacia = '2025-02-24.acacia'

export interface Told {
  readonly id: string
  readonly api_version: string
  readonly type: string
  readonly data: { readonly object: Fields; readonly previous_attributes?: Fields }
}

/** A simulator with an endpoint of each version, and what they were told. */
export const openBoth = async () => {
  const receivers = [await openReceiver(), await openReceiver()] as const
  const webhooks = [{ url: receivers[0].url }, { url: receivers[1].url, apiVersion: acacia }]
  const open = await openSimulator({ webhooks })
  const told = async ({ received }: Receiver): Promise<Told[]> => {
    await open.simulator.settled()
    return received.map(({ body }) => JSON.parse(body) as Told)
  }
  return {
    ...open,
    older: () => told(receivers[1]),
    newer: () => told(receivers[0]),
    [Symbol.asyncDispose]: async () => {
      await open[Symbol.asyncDispose]()
      for (const receiver of receivers) await receiver[Symbol.asyncDispose]()
    },
  }
}
