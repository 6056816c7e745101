import type { HttpMethod, Operation, Schema } from './document.ts'
import { paymentPageOperations } from './payment-pages.ts'
import { methodFields, text } from './typed-fields.ts'

const withSecret = new Set([
  'GET /v1/payment_intents/{id}',
  'POST /v1/payment_intents/{id}/confirm',
  'GET /v1/setup_intents/{id}',
  'POST /v1/setup_intents/{id}/confirm',
])

/** What only Stripe.js sends, and the document for servers therefore leaves out. */
export const browserProperties = (key: string, request: Schema): Readonly<Record<string, Schema>> => {
  if (!withSecret.has(key)) return {}
  const given = request.properties ?? {}
  return given.payment_method_data
    ? { client_secret: text, payment_method_data: methodFields }
    : { client_secret: text }
}

const createConfirmationToken: Operation = {
  operationId: 'ConfirmationToken.create',
  requestBody: {
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          properties: {
            payment_method: text,
            payment_method_data: methodFields,
            return_url: text,
            setup_future_usage: { type: 'string', enum: ['off_session', 'on_session'] },
            expand: { type: 'array', items: text },
          },
          additionalProperties: false,
        },
      },
    },
  },
  responses: {
    '200': { content: { 'application/json': { schema: { $ref: '#/components/schemas/confirmation_token' } } } },
  },
}

const answering = (schema: Schema): Operation['responses'] => ({
  '200': { content: { 'application/json': { schema } } },
})

const paymentMethod: Schema = { $ref: '#/components/schemas/payment_method' }

/** What a customer session lets a Payment Element show, and remove. */
const listSavedMethods: Operation = {
  operationId: 'ElementPaymentMethod.list',
  parameters: [
    { in: 'query', name: 'client_secret', required: true, schema: text },
    { in: 'query', name: 'expand', schema: { type: 'array', items: text } },
  ],
  responses: answering({
    type: 'object',
    properties: {
      object: { type: 'string', enum: ['list'] },
      data: { type: 'array', items: paymentMethod },
      has_more: { type: 'boolean' },
      url: text,
    },
    required: ['object', 'data', 'has_more', 'url'],
  }),
}

const removeSavedMethod: Operation = {
  operationId: 'ElementPaymentMethod.detach',
  requestBody: {
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          properties: { client_secret: text, expand: { type: 'array', items: text } },
          required: ['client_secret'],
          additionalProperties: false,
        },
      },
    },
  },
  responses: answering(paymentMethod),
}

export const browserOperations: Readonly<Record<string, Partial<Record<HttpMethod, Operation>>>> = {
  ...paymentPageOperations,
  '/v1/confirmation_tokens': { post: createConfirmationToken },
  '/v1/elements/payment_methods': { get: listSavedMethods },
  '/v1/elements/payment_methods/{id}/detach': { post: removeSavedMethod },
}
