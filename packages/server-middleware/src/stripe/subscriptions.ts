import type { SubscriptionSnapshot } from '../domain/subscription.ts'
import type { StripeApi } from './client.ts'
import { isMissing, nullWhen } from './errors.ts'
import { toSubscription } from './snapshots.ts'

export const findSubscription = async (api: StripeApi, id: string): Promise<SubscriptionSnapshot | null> => {
  const subscription = await api.ask('look the subscription up', (client) =>
    client.subscriptions.retrieve(id, { expand: ['latest_invoice'] }).catch(nullWhen(isMissing)),
  )
  return subscription && toSubscription(subscription)
}

const most = 1000

export const listSubscriptions = async (api: StripeApi, customer: string): Promise<SubscriptionSnapshot[]> => {
  const subscriptions = await api.ask('list the subscriptions', (client) =>
    client.subscriptions
      .list({ customer, status: 'all', limit: 100, expand: ['data.latest_invoice'] })
      .autoPagingToArray({ limit: most }),
  )
  return subscriptions.map(toSubscription)
}
