import { noSuch } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import { type CustomerInput, createCustomer, updateCustomer } from '../../flows/customers.ts'
import { cancelSubscription } from '../../flows/subscriptions/cancel.ts'
import type { World } from '../../world.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface CustomerList {
  readonly created?: RangeInput
  readonly email?: string
}

interface MethodList {
  readonly allow_redisplay?: string
  readonly type?: string
}

const kindOf = ({ allow_redisplay, type }: MethodList) => ({ allow_redisplay, type })

const writable = [
  'address',
  'balance',
  'description',
  'email',
  'individual_name',
  'business_name',
  'cash_balance',
  'invoice_prefix',
  'invoice_settings.custom_fields',
  'invoice_settings.default_payment_method',
  'invoice_settings.footer',
  'metadata',
  'name',
  'next_invoice_sequence',
  'phone',
  'preferred_locales',
  'shipping',
  'tax_exempt',
] as const

const needCustomer = (call: Call): Customer => call.world.need('customer', idOf(call), { status: 404, param: 'id' })

const deleteCustomer = (world: World, customer: Customer) => {
  const tombstone = { id: customer.id, object: 'customer', deleted: true } as const
  const running = world.store.all('subscription').filter((each) => each.customer === customer.id && !each.ended_at)
  for (const subscription of running) cancelSubscription(world, subscription, {})
  world.store.put(tombstone)
  world.emit('customer.deleted', customer)
  return tombstone
}

export const customerRoutes: Routes = {
  'POST /v1/customers': route<CustomerInput>([...writable, 'payment_method', 'tax_id_data'], ({ world }, input) =>
    createCustomer(world, input),
  ),
  'GET /v1/customers/{id}': route([], (call) => {
    const found = call.world.store.get('customer', idOf(call))
    return found?.deleted ? found : needCustomer(call)
  }),
  'POST /v1/customers/{id}': route<CustomerInput>(writable, (call, input) =>
    updateCustomer(call.world, needCustomer(call), input),
  ),
  'DELETE /v1/customers/{id}': route([], (call) => deleteCustomer(call.world, needCustomer(call))),
  'GET /v1/customers': route<CustomerList>([...pageParams, 'created', 'email'], (call, { created, email }) =>
    newestFirst(
      call,
      call.world.store
        .all('customer')
        .filter((customer) => matches(customer, { email }) && isWithin(customer.created, created)),
    ),
  ),
  'GET /v1/customers/{id}/payment_methods': route<MethodList>(
    [...pageParams, 'allow_redisplay', 'type'],
    (call, filters) => {
      const customer = needCustomer(call).id
      return newestFirst(
        call,
        call.world.store.all('payment_method').filter((each) => matches(each, { ...kindOf(filters), customer })),
      )
    },
  ),
  'GET /v1/customers/{customer_id}/payment_methods/{id}': route([], (call) => {
    const [customer, id = ''] = call.ids
    const method = call.world.store.get('payment_method', id)
    if (method && method.customer === customer) return method
    throw noSuch('payment_method', id, { status: 404, param: 'payment_method' })
  }),
}
