import { cardFailure, invalidRequest } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { SetupIntent } from '../../domain/objects/payment.ts'
import { canCancel, canConfirm, unexpectedState } from '../../domain/payment-intent.ts'
import { render } from '../../domain/render.ts'
import { tellOutcome } from '../../flows/confirmation.ts'
import {
  type CardOptionsInput,
  cardOptionParams,
  checkNetwork,
  withCardOptions,
} from '../../flows/payments/card-options.ts'
import { checkOwner, createSetupIntent } from '../../flows/payments/intents.ts'
import { type MethodTypeInput, methodTypes } from '../../flows/payments/method-types.ts'
import { attemptSetup } from '../../flows/payments/setup.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'
import {
  type ConfirmInput,
  checkSecret,
  confirmMethod,
  confirmParams,
  confirmReturnUrl,
  namedMethod,
  shownTo,
} from './confirm-input.ts'
import { checkMandate, type MandateInput } from './intent-input.ts'

interface SetupInput extends ConfirmInput, MandateInput, MethodTypeInput {
  readonly attach_to_self?: boolean
  readonly automatic_payment_methods?: SetupIntent['automatic_payment_methods']
  readonly confirm?: boolean
  readonly customer?: string
  readonly description?: string
  readonly metadata?: MetadataInput
  readonly payment_method_options?: CardOptionsInput
  readonly single_use?: object
  readonly usage?: 'off_session' | 'on_session'
}

const needIntent = (call: Call): SetupIntent =>
  call.world.need('setup_intent', idOf(call), { status: 404, param: 'intent' })

const prepared = (call: Call, input: SetupInput, customer: string | null): Partial<SetupIntent> => {
  const method = namedMethod(call, input)
  if (!method) return {}
  checkOwner(method, customer)
  return { payment_method: method.id, status: 'requires_confirmation' }
}

/** For moving an account's own money, which these accounts cannot. */
const refuseToSelf = ({ attach_to_self }: SetupInput): void => {
  if (attach_to_self !== true) return
  throw invalidRequest('This account cannot set up payment methods for itself.', { param: 'attach_to_self' })
}

const refuseSingleUse = ({ single_use }: SetupInput): void => {
  if (single_use === undefined) return
  throw invalidRequest('Single-use mandates are not available for payment methods of type card.', {
    param: 'single_use',
  })
}

const confirmOnly = ['confirmation_token', 'mandate_data', 'return_url'] as const

const refuseWithoutConfirm = (input: SetupInput): void => {
  const param = confirmOnly.find((name) => input[name] !== undefined)
  if (input.confirm === true || param === undefined) return
  throw invalidRequest(
    `The parameter ${param} cannot be passed when creating a SetupIntent unless confirm is set to true.`,
    { param },
  )
}

const customerOf = (call: Call, input: SetupInput): string | null =>
  input.customer === undefined ? null : call.world.need('customer', input.customer, { param: 'customer' }).id

/** A card is set up without installments. */
const noOptions = { mandate_options: null, network: null, request_three_d_secure: 'automatic' } as const

const create = (call: Call, input: SetupInput): SetupIntent => {
  refuseToSelf(input)
  refuseSingleUse(input)
  refuseWithoutConfirm(input)
  const customer = customerOf(call, input)
  return createSetupIntent(call.world, {
    automatic_payment_methods: { enabled: true, allow_redirects: 'always', ...input.automatic_payment_methods },
    customer,
    description: input.description ?? null,
    metadata: mergeMetadata({}, input.metadata),
    payment_method_options: withCardOptions({ card: noOptions }, input.payment_method_options),
    usage: input.usage ?? 'off_session',
    ...methodTypes(input, 'Setup Intent'),
    ...prepared(call, input, customer),
  })
}

const confirm = (call: Call, found: SetupIntent, input: SetupInput): SetupIntent => {
  if (!canConfirm(found)) throw unexpectedState(found, 'confirm')
  checkMandate(call, input)
  const options = withCardOptions(found.payment_method_options, input.payment_method_options)
  const intent = call.world.update(found, { payment_method_options: options })
  const method = confirmMethod(call, intent, input)
  checkNetwork(intent, method)
  const attempted = attemptSetup(call.world, intent, {
    method,
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
  const { payment_method: _made, payment_method_data: _typed, ...rest } = input
  return input.confirm === true ? confirm(call, intent, rest) : intent
}

const settles = ['customer', 'payment_method', 'payment_method_data', 'payment_method_options'] as const

/** What was set up stays so; it can only be described anew. */
const refuseSettled = (intent: SetupIntent, input: SetupInput): void => {
  if (canConfirm(intent) || settles.every((name) => input[name] === undefined)) return
  throw unexpectedState(intent, 'update')
}

const update = (call: Call, input: SetupInput): SetupIntent => {
  const intent = needIntent(call)
  refuseToSelf(input)
  refuseSettled(intent, input)
  const customer = input.customer === undefined ? intent.customer : customerOf(call, input)
  return call.world.update(intent, {
    customer,
    description: input.description ?? intent.description,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    payment_method_options: withCardOptions(intent.payment_method_options, input.payment_method_options),
    ...prepared(call, input, customer),
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
  readonly attach_to_self?: boolean
  readonly created?: RangeInput
  readonly customer?: string
  readonly payment_method?: string
}

const described = [
  ...cardOptionParams,
  'attach_to_self',
  'customer',
  'description',
  'metadata',
  'payment_method',
  'payment_method_data',
] as const

export const setupIntentRoutes: Routes = {
  'POST /v1/setup_intents': route<SetupInput>(
    [
      ...described,
      ...confirmParams,
      'allowed_payment_method_types',
      'automatic_payment_methods',
      'confirm',
      'excluded_payment_method_types',
      'mandate_data',
      'single_use',
      'usage',
    ],
    createOrConfirm,
  ),
  'GET /v1/setup_intents/{id}': route(['client_secret'], (call) => {
    checkSecret(call, needIntent(call))
    return shownTo(call, needIntent(call))
  }),
  'POST /v1/setup_intents/{id}': route<SetupInput>(described, update),
  'POST /v1/setup_intents/{id}/confirm': route<SetupInput>(
    [...confirmParams, ...cardOptionParams, 'mandate_data'],
    (call, input) => {
      checkSecret(call, needIntent(call))
      return shownTo(call, confirm(call, needIntent(call), input))
    },
  ),
  'POST /v1/setup_intents/{id}/cancel': route(['cancellation_reason'], cancel),
  'GET /v1/setup_intents': route<SetupList>(
    [...pageParams, 'attach_to_self', 'created', 'customer', 'payment_method'],
    (call, { attach_to_self, created, customer, payment_method }) =>
      newestFirst(
        call,
        call.world.store
          .all('setup_intent')
          .filter((intent) => matches(intent, { customer, payment_method }) && isWithin(intent.created, created))
          .filter(() => attach_to_self !== true),
      ),
  ),
}
