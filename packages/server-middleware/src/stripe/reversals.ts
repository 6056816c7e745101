import type { Reversals } from '../domain/provider-call.ts'
import type { StripeApi } from './client.ts'
import { toDispute, toRefund } from './snapshots.ts'

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
