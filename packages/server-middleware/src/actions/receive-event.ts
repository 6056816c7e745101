import { BillingError, isBillingError } from '../domain/errors.ts'
import type { ProviderEvent } from '../domain/event.ts'
import type { WebhookInput } from '../domain/provider-call.ts'
import type { Deps } from '../ports/deps.ts'
import { applyEvents, type Result } from './apply-events.ts'
import { leaseFrom } from './lease-from.ts'
import { subjectFor } from './read-facts.ts'

export type Receipt = { duplicate: boolean; ignored: boolean }

/**
 * Takes a webhook in: proves its origin and stores it. When this returns, it is durably ours, and in `inline` mode
 * applied; when it throws, the provider has to deliver again.
 *
 * @throws BillingError `webhook_signature_invalid`, `webhook_in_progress`, or whatever kept it from being applied
 */
export const receiveEvent = async (deps: Deps, webhook: WebhookInput): Promise<Receipt> =>
  takeIn(deps, await verify(deps, webhook))

const verify = async ({ provider, metrics }: Deps, webhook: WebhookInput): Promise<ProviderEvent> => {
  try {
    return await provider.verifyWebhook(webhook)
  } catch (error) {
    metrics.webhook('other', 'refused')
    throw error
  }
}

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
  const result = await storeOrApply(deps, event)
  return logReceived(deps, event, event.isOfOtherAccount && result !== 'duplicate' ? 'other_account' : result)
}

const storeOrApply = async (deps: Deps, event: ProviderEvent): Promise<Received> => {
  try {
    return await (deps.policy.webhooks === 'queued' ? store : apply)(deps, event)
  } catch (error) {
    count(deps, event, isBillingError(error, 'webhook_in_progress') ? 'busy' : 'failed')
    throw error
  }
}

const store = async (deps: Deps, event: ProviderEvent): Promise<Received> => {
  const added = await deps.store.events.add({ ...event, subject: subjectFor(deps, event) }, deps.clock.now())
  return added === 'added' ? 'stored' : 'duplicate'
}

const apply = async (deps: Deps, event: ProviderEvent): Promise<Received> => {
  const incoming = { ...event, subject: subjectFor(deps, event) }
  const lease = leaseFrom(deps)
  const claim = await deps.store.events.claim(incoming, lease)
  if (claim.outcome === 'done') return 'duplicate'
  if (claim.outcome !== 'mine')
    throw new BillingError('webhook_in_progress', 'This event is just being applied. Deliver it again later.')
  const { result, error } = await applyEvents(deps, [{ ...incoming, attempts: claim.attempts }], lease.owner)
  // What is dead, or not for us, needs no second delivery: it is kept, and seen.
  if (result === 'failed') throw error
  return result
}

type Received = Result | 'stored' | 'duplicate' | 'other_mode' | 'other_account'

const ignored: readonly Received[] = ['ignored', 'other_mode', 'other_account']

/** There are as many counters as types that mean something here, whatever is sent. */
const count = ({ metrics, provider }: Deps, { type }: ProviderEvent, result: Received | 'busy' | 'failed'): void =>
  metrics.webhook(provider.eventTypes.includes(type) ? type : 'other', result)

const logReceived = (deps: Deps, event: ProviderEvent, result: Received): Receipt => {
  const { logger, provider } = deps
  count(deps, event, result)
  const { id, type, objectId, apiVersion } = event
  logger.info({ eventId: id, type, objectId, apiVersion, result }, `${provider.id}_webhook_received`)
  return { duplicate: result === 'duplicate', ignored: ignored.includes(result) }
}
