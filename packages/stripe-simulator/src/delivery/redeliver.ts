import type { StripeEvent } from '../domain/objects/account.ts'
import { endpointsFor, type World } from '../world.ts'
import { succeeded } from './delivery.ts'
import { postEvent } from './post.ts'

export interface Redelivery {
  readonly times?: number
  /** How many at once. */
  readonly parallel?: number
}

export interface RedeliveryResult {
  readonly delivered: number
  readonly failed: number
}

/** Delivers one event again, as often and as many at once as asked for. Failed attempts are not repeated. */
export const redeliver = async (
  world: World,
  event: StripeEvent,
  redelivery: Redelivery,
): Promise<RedeliveryResult> => {
  const { times = 1, parallel = 1 } = redelivery
  const endpoints = endpointsFor(world, event.type)
  const jobs = Array.from({ length: times }).flatMap(() => endpoints)
  let delivered = 0
  const worker = async (): Promise<void> => {
    for (let endpoint = jobs.pop(); endpoint; endpoint = jobs.pop()) {
      if (succeeded(await postEvent(world, event, endpoint))) delivered += 1
    }
  }
  const total = jobs.length
  await Promise.all(Array.from({ length: Math.max(1, parallel) }, worker))
  return { delivered, failed: total - delivered }
}
