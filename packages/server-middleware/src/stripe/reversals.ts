import type { DisputeSnapshot } from '../domain/dispute.ts'
import type { Reversals } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { toDispute } from './dispute-snapshot.ts'
import { isMissing, nullWhen } from './errors.ts'
import { toRefund } from './snapshots.ts'

/** More than any payment has. */
const most = 1_000

export const findReversals = async (api: StripeApi, payment_intent: string): Promise<Reversals> => {
  const query = { payment_intent, limit: 100 }
  const [refunds, disputes] = await Promise.all([
    api.ask('list the refunds', (client) => client.refunds.list(query).autoPagingToArray({ limit: most })),
    api.ask('list the disputes', (client) => client.disputes.list(query).autoPagingToArray({ limit: most })),
  ])
  return { refunds: refunds.map(toRefund), disputes: disputes.map(toDispute) }
}

export const findDispute = async (api: StripeApi, id: string): Promise<DisputeSnapshot | null> => {
  const dispute = await api.ask('look the dispute up', (client) =>
    client.disputes.retrieve(id).catch(nullWhen(isMissing)),
  )
  return dispute && toDispute(dispute)
}
