import { noSuch } from '../../domain/failure.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import type { ItemInput } from '../../flows/subscriptions/items.ts'
import { type SubscriptionUpdate, updateSubscription } from '../../flows/subscriptions/update.ts'
import { pageOf, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

type Terms = Pick<SubscriptionUpdate, 'off_session' | 'payment_behavior' | 'proration_behavior' | 'proration_date'>

interface ItemBody extends ItemInput, Terms {
  readonly subscription?: string
}

const termsOf = ({ off_session, payment_behavior, proration_behavior, proration_date }: Terms): Terms => ({
  ...(off_session === undefined ? {} : { off_session }),
  ...(payment_behavior === undefined ? {} : { payment_behavior }),
  ...(proration_behavior === undefined ? {} : { proration_behavior }),
  ...(proration_date === undefined ? {} : { proration_date }),
})

const itemOf = ({ price, price_data, quantity, metadata }: ItemBody): ItemInput => ({
  ...(price === undefined ? {} : { price }),
  ...(price_data === undefined ? {} : { price_data }),
  ...(quantity === undefined ? {} : { quantity }),
  ...(metadata === undefined ? {} : { metadata }),
})

const ownerOf = (call: Call): Subscription => {
  const id = idOf(call)
  const owner = call.world.store.all('subscription').find((each) => each.items.data.some((item) => item.id === id))
  if (!owner) throw noSuch('subscription_item', id, { status: 404, param: 'item' })
  return owner
}

const find = (subscription: Subscription, id: string): SubscriptionItem | undefined =>
  subscription.items.data.find((item) => item.id === id)

const add = (call: Call, body: ItemBody) => {
  const subscription = call.world.need('subscription', body.subscription ?? '', { param: 'subscription' })
  const changed = updateSubscription(call.world, subscription, { ...termsOf(body), items: [itemOf(body)] })
  return changed.items.data.at(-1) ?? subscription
}

const change = (call: Call, body: ItemBody) => {
  const owner = ownerOf(call)
  const items = [{ ...itemOf(body), id: idOf(call) }]
  return find(updateSubscription(call.world, owner, { ...termsOf(body), items }), idOf(call)) ?? owner
}

interface Removal extends Terms {
  readonly clear_usage?: boolean
}

const remove = (call: Call, { clear_usage, ...terms }: Removal) => {
  const items = [{ id: idOf(call), deleted: true, ...(clear_usage === undefined ? {} : { clear_usage }) }]
  updateSubscription(call.world, ownerOf(call), { ...termsOf(terms), items })
  return { id: idOf(call), object: 'subscription_item', deleted: true }
}

const terms = ['payment_behavior', 'proration_behavior', 'proration_date'] as const
const fields = ['metadata', 'price', 'price_data', 'quantity', ...terms] as const

export const subscriptionItemRoutes: Routes = {
  'POST /v1/subscription_items': route<ItemBody>(['subscription', ...fields], add),
  'GET /v1/subscription_items/{id}': route([], (call) => find(ownerOf(call), idOf(call)) ?? ownerOf(call)),
  'POST /v1/subscription_items/{id}': route<ItemBody>([...fields, 'off_session'], change),
  'DELETE /v1/subscription_items/{id}': route<Removal>([...terms, 'clear_usage'], remove),
  'GET /v1/subscription_items': route<{ subscription?: string }>(
    [...pageParams, 'subscription'],
    (call, { subscription }) => {
      const owner = call.world.need('subscription', subscription ?? '', { param: 'subscription' })
      return pageOf(call, owner.items.data)
    },
  ),
}
