import type { Invoice } from '../../domain/objects/invoice.ts'
import { endpointsFor, type World } from '../../world.ts'
import { clockOf } from '../test-clocks/belonging.ts'

/** The event whose answers an invoice waits for before it is finalized. */
export const awaitedEvent = 'invoice.created'

/** Where nobody listens, nobody is waited for. */
export const deliveredAtBirth = (world: World): number | null =>
  endpointsFor(world, awaitedEvent).length === 0 ? world.now() : null

/** When a draft is finalized: an hour after its webhooks were answered, or three days after it was made. */
export const finalizesAt = (world: World, invoice: Invoice): number | null => {
  const { automatically_finalizes_at: planned, created, webhooks_delivered_at: delivered } = invoice
  if (planned === null || delivered !== null) return planned
  return Math.max(planned, created + world.settings.webhookPatienceSeconds)
}

/** Every endpoint has answered the invoice's event with 2xx: its hour begins. */
export const webhooksAnswered = (world: World, invoiceId: string): void => {
  const invoice = world.store.get('invoice', invoiceId)
  if (!invoice || invoice.deleted === true || invoice.webhooks_delivered_at !== null) return
  const now = clockOf(world, invoice)?.frozen_time ?? world.now()
  const waits = invoice.status === 'draft' && invoice.automatically_finalizes_at !== null
  world.update(invoice, {
    webhooks_delivered_at: now,
    ...(waits ? { automatically_finalizes_at: now + world.settings.draftSeconds } : {}),
  })
}
