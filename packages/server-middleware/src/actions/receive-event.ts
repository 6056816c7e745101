import { BillingError } from '../domain/errors.ts'
import type { ProviderEvent } from '../domain/event.ts'
import type { WebhookInput } from '../domain/provider-call.ts'
import type { Deps } from '../ports.ts'
import { applyFact } from './apply-fact.ts'

export type Receipt = { duplicate: boolean; ignored: boolean }

const leaseMilliseconds = 60_000

/**
 * Takes a webhook in: proves its origin, stores it, applies it. When this returns, it is durably done; when it throws,
 * the provider has to deliver again.
 *
 * @throws BillingError `webhook_signature_invalid`, `webhook_in_progress`, or whatever kept it from being applied
 */
export const receiveEvent = async (deps: Deps, webhook: WebhookInput): Promise<Receipt> =>
  takeIn(deps, await deps.provider.verifyWebhook(webhook))

/**
 * Takes in a notice whose signed bytes are gone: nothing of it is believed but the id, by which the event is fetched.
 *
 * @throws BillingError `webhook_signature_invalid` when the provider knows no such event
 */
export const receiveNotice = async (deps: Deps, providerEventId: string): Promise<Receipt> => {
  const event = await deps.provider.findEvent(providerEventId)
  if (event) return takeIn(deps, event)
  throw new BillingError('webhook_signature_invalid', 'The payment provider knows no event of this id.')
}

const takeIn = async (deps: Deps, event: ProviderEvent): Promise<Receipt> => {
  if (event.mode !== deps.provider.mode) return logReceived(deps, event, 'other_mode')
  const owner = deps.newId()
  const now = deps.clock.now()
  const claim = await deps.store.events.claim(event, { owner, now, until: new Date(now.getTime() + leaseMilliseconds) })
  if (claim === 'done') return logReceived(deps, event, 'duplicate')
  if (claim === 'busy')
    throw new BillingError('webhook_in_progress', 'This event is just being applied. Deliver it again later.')
  return applyClaimed(deps, event, owner)
}

const applyClaimed = async (deps: Deps, event: ProviderEvent, owner: string): Promise<Receipt> => {
  try {
    const known = event.fact !== null && (await applyFact(deps, event.fact))
    const state = known ? 'done' : 'ignored'
    await deps.store.events.settle(event.id, owner, { state, now: deps.clock.now() })
    return logReceived(deps, event, state)
  } catch (error) {
    await deps.store.events.fail(event.id, owner, { error: describe(error), now: deps.clock.now() })
    logReceived(deps, event, 'failed')
    throw error
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

type Result = 'done' | 'ignored' | 'duplicate' | 'other_mode' | 'failed'

const logReceived = ({ logger, provider }: Deps, event: ProviderEvent, result: Result): Receipt => {
  const { id, type, objectId, apiVersion } = event
  logger.info({ eventId: id, type, objectId, apiVersion, result }, `${provider.id}_webhook_received`)
  return { duplicate: result === 'duplicate', ignored: result === 'ignored' || result === 'other_mode' }
}
