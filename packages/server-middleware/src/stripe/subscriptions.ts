import { z } from 'zod'
import type { SubscriptionList, SubscriptionListInput } from '../domain/provider-call.ts'
import type { SubscriptionSnapshot } from '../domain/subscription.ts'
import type { StripeApi } from './client.ts'
import { isMissing, nullWhen } from './errors.ts'
import { read, reference } from './read.ts'
import { toSubscription } from './snapshots.ts'

const coupon = 'discounts.source.coupon'
const expand = ['latest_invoice', `${coupon}.applies_to`, `${coupon}.currency_options`]

export const findSubscription = async (api: StripeApi, id: string): Promise<SubscriptionSnapshot | null> => {
  const subscription = await api.ask('look the subscription up', (client) =>
    client.subscriptions.retrieve(id, { expand }).catch(nullWhen(isMissing)),
  )
  return subscription && toSubscription(subscription)
}

const most = 1000

/** Stripe goes no deeper in a list: what a coupon is limited to is not in it. */
export const listSubscriptions = async (api: StripeApi, customer: string): Promise<SubscriptionSnapshot[]> => {
  const subscriptions = await api.ask('list the subscriptions', (client) =>
    client.subscriptions
      .list({ customer, status: 'all', limit: 100, expand: ['data.latest_invoice', `data.${coupon}`] })
      .autoPagingToArray({ limit: most }),
  )
  return subscriptions.map(toSubscription)
}

const listed = z
  .object({ id: z.string(), customer: reference })
  .transform(({ id, customer }) => ({ providerSubscriptionId: id, providerCustomerId: customer }))

export const listAllSubscriptions = async (api: StripeApi, page: SubscriptionListInput): Promise<SubscriptionList> => {
  const { after, limit } = page
  const input = { status: 'all' as const, limit, ...(after === null ? {} : { starting_after: after }) }
  const answer = await api.ask('list all subscriptions', (client) => client.subscriptions.list(input))
  const subscriptions = answer.data.map((each) => read(listed, each, 'subscription'))
  return { subscriptions, next: answer.has_more ? (subscriptions.at(-1)?.providerSubscriptionId ?? null) : null }
}
