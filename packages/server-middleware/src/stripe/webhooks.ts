import { Stripe } from 'stripe'
import { z } from 'zod'
import { BillingError } from '../domain/errors.ts'
import type { Fact, ProviderEvent } from '../domain/event.ts'
import type { EventList, EventListInput, WebhookInput } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { isMissing, nullWhen } from './errors.ts'
import { toFact } from './facts.ts'
import { read, referenceOrNull } from './read.ts'
import type { WebhookSecrets } from './webhook-secrets.ts'

const toleranceSeconds = 300

export const verifyWebhook = async (api: StripeApi, { payload, headers }: WebhookInput): Promise<ProviderEvent> => {
  const signature = headers['stripe-signature']
  if (!signature) throw unsigned('has no Stripe-Signature header, so it does not come from Stripe')
  const { webhookSecrets } = api.settings
  const signedWith = (secrets: readonly string[]) =>
    secrets.map((secret) => verify(api, { payload, signature, secret })).find((found) => found !== null) ?? null
  const signed = { account: signedWith(webhookSecrets.account), connect: signedWith(webhookSecrets.connect) }
  const event = signed.account ?? signed.connect
  if (!event) throw unsigned('has a signature that none of our secrets made, or is too old')
  const { success, error, data } = envelope.safeParse(event)
  if (!success) throw noEvent(error)
  const kind = kindOf(data)
  if (!signed[kind] && !isUntold(webhookSecrets, kind)) throw crossed(kind)
  return toProviderEvent(api, event, new TextDecoder().decode(payload))
}

type Kind = keyof WebhookSecrets

const kindOf = ({ account }: z.output<typeof envelope>): Kind => (typeof account === 'string' ? 'connect' : 'account')

/** Without a secret of theirs, events of connected accounts are taken to be ignored: they need no second delivery. */
const isUntold = ({ connect }: WebhookSecrets, kind: Kind): boolean => kind === 'connect' && connect.length === 0

const crossed = (kind: Kind): BillingError =>
  new BillingError(
    'webhook_signature_invalid',
    `The webhook is of ${kind === 'connect' ? 'a connected account' : 'the own account'}, and the secret that signed it ` +
      'is of the other kind of endpoint. Check that webhookSecrets has as `account` what signs events of your own account, ' +
      'and as `connect` what signs those of connected accounts.',
  )

type Signed = { payload: Uint8Array; signature: string; secret: string }

/** Null when it was not signed with this secret. */
const verify = ({ client }: StripeApi, { payload, signature, secret }: Signed): unknown => {
  try {
    return client.webhooks.constructEvent(payload, signature, secret, toleranceSeconds)
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
    throw noEvent(error)
  }
}

const noEvent = (cause: unknown): BillingError =>
  new BillingError(
    'webhook_signature_invalid',
    'The webhook is signed but holds no event. Let the endpoint send snapshot events, not thin ones.',
    { cause },
  )

const unsigned = (problem: string): BillingError =>
  new BillingError(
    'webhook_signature_invalid',
    `The webhook ${problem}. Check that webhookSecrets holds the secret of this very endpoint (each has its own, so has ` +
      '`stripe listen`), that it is the one of the same mode, test or live, that nothing changes the body on its way ' +
      "here, and that this machine's clock is right.",
  )

export const findEvent = async (api: StripeApi, id: string): Promise<ProviderEvent | null> => {
  const event = await api.ask('look the event up', (client) => client.events.retrieve(id).catch(nullWhen(isMissing)))
  return event && toProviderEvent(api, event, JSON.stringify(event))
}

/** Stripe lists those of the last 30 days. */
export const listEvents = async (api: StripeApi, page: EventListInput): Promise<EventList> => {
  const { since, after, limit } = page
  const input = {
    created: { gte: Math.floor(since.getTime() / 1000) },
    limit,
    ...(after === null ? {} : { starting_after: after }),
  }
  const { data, has_more: hasMore } = await api.ask('list the events', (client) => client.events.list(input))
  const events = data.map((event) => toProviderEvent(api, event, JSON.stringify(event)))
  return { events, next: hasMore ? (events.at(-1)?.id ?? null) : null }
}

const envelope = z.object({
  id: z.string(),
  type: z.string(),
  api_version: z.string().nullish(),
  livemode: z.boolean(),
  account: z.string().nullish(),
  data: z.object({
    object: z.looseObject({ id: z.string().nullish() }),
    previous_attributes: z.looseObject({ customer: referenceOrNull.catch(null) }).nullish(),
  }),
})

const toProviderEvent = (api: StripeApi, object: unknown, payload: string): ProviderEvent => {
  const event = read(envelope, object, 'event')
  return {
    id: event.id,
    type: event.type,
    objectId: event.data.object.id ?? null,
    providerCustomerId: customerOf(event.data.object) ?? event.data.previous_attributes?.customer ?? null,
    apiVersion: event.api_version ?? null,
    mode: event.livemode ? 'live' : 'test',
    isOfOtherAccount: isOfOtherAccount(api, event),
    payload,
  }
}

const about = z.object({ object: z.string(), id: z.string().nullish(), customer: z.unknown().optional() })

/** Whom an object is about; of most there is somebody, but nothing depends on it. */
const customerOf = (object: unknown): string | null => {
  const { success, data } = about.safeParse(object)
  if (!success) return null
  const customer = data.object === 'customer' ? data.id : data.customer
  return referenceOrNull.safeParse(customer).data ?? null
}

const isOfOtherAccount = ({ settings }: StripeApi, { account }: z.output<typeof envelope>): boolean =>
  (account ?? null) !== settings.accountId

/** An event of an account that we do not act for means nothing. */
export const readFact = (api: StripeApi, { payload }: ProviderEvent): Fact | null => {
  if (payload === null) return null
  const event = read(envelope, JSON.parse(payload), 'event')
  return isOfOtherAccount(api, event) ? null : toFact(event.type, event.data.object)
}
