import { invalidRequest, noSuch } from '../../domain/failure.ts'
import { render } from '../../domain/render.ts'
import {
  type CustomerSessionInput,
  createCustomerSession,
  customerSessionOf,
  elementFeatures,
  redisplayable,
} from '../../flows/customer-sessions.ts'
import { detachPaymentMethod } from '../../flows/payments/payment-methods.ts'
import { listOf } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface WithSecret {
  readonly client_secret: string
}

const create = ({ world }: Call, input: CustomerSessionInput) => {
  const { id: _id, ...session } = createCustomerSession(world, input)
  return session
}

const savedMethods = ({ world, path }: Call, { client_secret }: WithSecret) => ({
  ...listOf(redisplayable(world, customerSessionOf(world, client_secret)).map(render), path),
})

const removeMethod = (call: Call, { client_secret }: WithSecret) => {
  const session = customerSessionOf(call.world, client_secret)
  if (elementFeatures(session)?.payment_method_remove !== 'enabled') {
    throw invalidRequest('This customer session does not let a customer remove payment methods.')
  }
  const method = redisplayable(call.world, session).find(({ id }) => id === idOf(call))
  if (!method) throw noSuch('payment_method', idOf(call), { status: 404, param: 'payment_method' })
  return detachPaymentMethod(call.world, method)
}

export const customerSessionRoutes: Routes = {
  'POST /v1/customer_sessions': route<CustomerSessionInput>(['components', 'customer'], create),
  'GET /v1/elements/payment_methods': route<WithSecret>(['client_secret'], savedMethods),
  'POST /v1/elements/payment_methods/{id}/detach': route<WithSecret>(['client_secret'], removeMethod),
}
