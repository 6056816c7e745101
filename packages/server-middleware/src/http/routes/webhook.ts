import type { BillingErrorCode, WebhookReceipt } from '@paywright/contract'
import type { Request } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'
import { z } from 'zod'
import { type Receipt, receiveEvent, receiveNotice } from '../../actions/receive-event.ts'
import { BillingError } from '../../domain/errors.ts'
import { jsonAnswer } from '../answer.ts'
import type { RouterContext } from '../context.ts'
import type { Route } from '../define-route.ts'
import type { Exchange } from '../exchange.ts'
import { flatHeaders, readWebhook } from '../read-webhook.ts'
import { webhookReceipt } from '../schemas/system.ts'

const problems: readonly BillingErrorCode[] = [
  'webhook_signature_invalid',
  'webhook_body_consumed',
  'webhook_in_progress',
  'payload_too_large',
  'provider_unavailable',
]

const webhookRoute = (name: Route['name'], more: readonly BillingErrorCode[] = []): Route => ({
  name,
  asks: 'public',
  query: z.object({}),
  body: z.looseObject({}),
  reply: webhookReceipt,
  problems: [...problems, ...more],
  keyed: null,
  limited: false,
  signed: true,
  serve: async (exchange, context) => jsonAnswer(toReceipt(await receive(exchange, context))),
})

/** Bytes in, not JSON; signed by the provider, so asked of nobody else: neither session nor origin play a part. */
export const receiveWebhookRoute = webhookRoute('receiveWebhook')
export const receiveProviderWebhookRoute = webhookRoute('receiveProviderWebhook', ['unknown_provider'])

const receive = async (exchange: Exchange, context: RouterContext): Promise<Receipt> => {
  const { deps, req } = exchange
  requireProvider(exchange)
  const webhook = await readWebhook(req)
  if (webhook.kind === 'consumed') return receiveWithoutBytes(exchange, context, webhook.eventId)
  return receiveEvent(deps, { payload: webhook.bytes, headers: flatHeaders(req.headers) })
}

const requireProvider = ({ deps, req }: Exchange): void => {
  const { provider } = req.params
  if (provider === undefined || provider === deps.provider.id) return
  throw new BillingError(
    'unknown_provider',
    `No payment provider of that name is set up here: it is ${deps.provider.id}.`,
  )
}

const receiveWithoutBytes = async (
  { deps, req, res, requestId }: Exchange,
  context: RouterContext,
  eventId: string | null,
): Promise<Receipt> => {
  context.counts.bodyConsumed += 1
  const cure = cureOf(req)
  deps.logger.warn({ requestId, eventId, result: context.bodyConsumed, cure }, 'webhook_body_consumed')
  if (context.bodyConsumed === 'refuse') {
    throw new BillingError(
      'webhook_body_consumed',
      `A body parser ran before the webhook route, so the signature cannot be checked. ${cure}`,
    )
  }
  if (eventId === null) throw new BillingError('webhook_signature_invalid', 'This is no event of the payment provider.')
  await context.refetchLimit({ req, res }, ipKeyGenerator(req.ip ?? ''))
  return receiveNotice(deps, eventId)
}

const cureOf = ({ baseUrl }: Request): string =>
  `Move app.use('${baseUrl || '/'}', billing.router) above app.use(express.json()), or keep the bytes: ` +
  'express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes } }).'

const toReceipt = ({ duplicate, ignored }: Receipt): WebhookReceipt => ({
  received: true,
  ...(duplicate ? { duplicate: true } : {}),
  ...(ignored ? { ignored: true } : {}),
})
