import { cardFailure } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { SetupIntent } from '../../domain/objects/payment.ts'
import { canCancel, canConfirm, unexpectedState } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { tellOutcome } from '../../flows/confirmation.ts'
import { checkOwner, createSetupIntent } from '../../flows/payments/intents.ts'
import { type MethodTypeInput, methodTypes } from '../../flows/payments/method-types.ts'
import { findPaymentMethod } from '../../flows/payments/payment-methods.ts'
import { attemptSetup } from '../../flows/payments/setup.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'
import {
  type ConfirmInput,
  checkSecret,
  confirmMethod,
  confirmParams,
  confirmReturnUrl,
  shownTo,
} from './confirm-input.ts'

interface SetupInput extends ConfirmInput, MethodTypeInput {
  readonly automatic_payment_methods?: SetupIntent['automatic_payment_methods']
  readonly confirm?: boolean
  readonly customer?: string
  readonly description?: string
  readonly metadata?: MetadataInput
  readonly usage?: 'off_session' | 'on_session'
}

const needIntent = (call: Call): SetupIntent =>
  call.world.need('setup_intent', idOf(call), { status: 404, param: 'intent' })

const prepared = (call: Call, id: string | undefined, customer: string | null): Partial<SetupIntent> => {
  if (id === undefined) return {}
  const method = findPaymentMethod(call.world, id)
  checkOwner(method, customer)
  return { payment_method: method.id, status: 'requires_confirmation' }
}

const customerOf = (call: Call, input: SetupInput): string | null =>
  input.customer === undefined ? null : call.world.need('customer', input.customer, { param: 'customer' }).id

const create = (call: Call, input: SetupInput): SetupIntent => {
  const customer = customerOf(call, input)
  return createSetupIntent(call.world, {
    automatic_payment_methods: { enabled: true, allow_redirects: 'always', ...input.automatic_payment_methods },
    customer,
    description: input.description ?? null,
    metadata: mergeMetadata({}, input.metadata),
    usage: input.usage ?? 'off_session',
    ...methodTypes(input, 'Setup Intent'),
    ...prepared(call, input.payment_method, customer),
  })
}

const confirm = (call: Call, intent: SetupIntent, input: SetupInput): SetupIntent => {
  if (!canConfirm(intent)) throw unexpectedState(intent, 'confirm')
  const attempted = attemptSetup(call.world, intent, {
    method: confirmMethod(call, intent, input),
    returnUrl: confirmReturnUrl(call, intent, input),
    useStripeSdk: input.use_stripe_sdk,
  })
  tellOutcome(call.world, attempted)
  if (attempted.status === 'requires_payment_method') {
    throw cardFailure(attempted.last_setup_error, shownTo(call, render(attempted)) as SetupIntent)
  }
  return call.world.need('setup_intent', attempted.id)
}

const createOrConfirm = (call: Call, input: SetupInput): SetupIntent => {
  const intent = create(call, input)
  const { payment_method: _made, ...rest } = input
  return input.confirm === true ? confirm(call, intent, rest) : intent
}

const update = (call: Call, input: SetupInput): SetupIntent => {
  const intent = needIntent(call)
  const customer = input.customer === undefined ? intent.customer : customerOf(call, input)
  return call.world.update(intent, {
    customer,
    description: input.description ?? intent.description,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    ...prepared(call, input.payment_method, customer),
  })
}

const cancel = (call: Call, input: { readonly cancellation_reason?: string }): SetupIntent => {
  const intent = needIntent(call)
  if (!canCancel(intent)) throw unexpectedState(intent, 'cancel')
  const reason = input.cancellation_reason ?? null
  const ended = call.world.update(intent, { cancellation_reason: reason, next_action: null, status: 'canceled' })
  call.world.emit('setup_intent.canceled', ended)
  return ended
}

interface SetupList {
  readonly created?: RangeInput
  readonly customer?: string
  readonly payment_method?: string
}

const described = ['customer', 'description', 'metadata', 'payment_method'] as const

export const setupIntentRoutes: Routes = {
  'POST /v1/setup_intents': route<SetupInput>(
    [
      ...described,
      ...confirmParams,
      'allowed_payment_method_types',
      'automatic_payment_methods',
      'confirm',
      'excluded_payment_method_types',
      'usage',
    ],
    createOrConfirm,
  ),
  'GET /v1/setup_intents/{id}': route(['client_secret'], (call) => {
    checkSecret(call, needIntent(call))
    return shownTo(call, needIntent(call))
  }),
  'POST /v1/setup_intents/{id}': route<SetupInput>(described, update),
  'POST /v1/setup_intents/{id}/confirm': route<SetupInput>(confirmParams, (call, input) => {
    checkSecret(call, needIntent(call))
    return shownTo(call, confirm(call, needIntent(call), input))
  }),
  'POST /v1/setup_intents/{id}/cancel': route(['cancellation_reason'], cancel),
  'GET /v1/setup_intents': route<SetupList>(
    [...pageParams, 'created', 'customer', 'payment_method'],
    (call, { created, customer, payment_method }) =>
      newestFirst(
        call,
        call.world.store
          .all('setup_intent')
          .filter((intent) => matches(intent, { customer, payment_method }) && isWithin(intent.created, created)),
      ),
  ),
}
