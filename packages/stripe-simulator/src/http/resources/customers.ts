import { noSuch } from '../../domain/failure.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import { type CustomerInput, createCustomer, updateCustomer } from '../../flows/customers.ts'
import { deleteCustomer } from '../../flows/delete-customer.ts'
import { endCustomerDiscount } from '../../flows/end-discount.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface CustomerList {
  readonly created?: RangeInput
  readonly email?: string
  readonly test_clock?: string
}

interface MethodList {
  readonly allow_redisplay?: string
  readonly type?: string
}

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

export const customerRoutes: Routes = {
  'POST /v1/customers': route<CustomerInput>(
    [...writable, 'payment_method', 'tax_id_data', 'test_clock'],
    ({ world }, input) => createCustomer(world, input),
  ),
  'GET /v1/customers/{id}': route([], (call) => {
    const found = call.world.store.get('customer', idOf(call))
    return found?.deleted ? found : needCustomer(call)
  }),
  'POST /v1/customers/{id}': route<CustomerInput>(writable, (call, input) =>
    updateCustomer(call.world, needCustomer(call), input),
  ),
  'DELETE /v1/customers/{id}': route([], (call) => deleteCustomer(call.world, needCustomer(call))),
  'DELETE /v1/customers/{id}/discount': route([], (call) => endCustomerDiscount(call.world, needCustomer(call))),
  'GET /v1/customers': route<CustomerList>(
    [...pageParams, 'created', 'email', 'test_clock'],
    (call, { created, email, test_clock = null }) =>
      newestFirst(
        call,
        call.world.store
          .all('customer')
          .filter((customer) => matches(customer, { email, test_clock }) && isWithin(customer.created, created)),
      ),
  ),
  'GET /v1/customers/{id}/payment_methods': route<MethodList>(
    [...pageParams, 'allow_redisplay', 'type'],
    (call, { allow_redisplay, type }) => {
      const customer = needCustomer(call).id
      return newestFirst(
        call,
        call.world.store.all('payment_method').filter((each) => matches(each, { allow_redisplay, customer, type })),
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
