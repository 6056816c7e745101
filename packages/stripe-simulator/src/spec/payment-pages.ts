import type { HttpMethod, Operation, Schema } from './document.ts'
import { address, methodFields, text } from './typed-fields.ts'

const maybe = (schema: Schema): Schema => ({ ...schema, nullable: true })

const unsettable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'string', enum: [''] }] })

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const boolean: Schema = { type: 'boolean' }

const answer: Schema = {
  type: 'object',
  properties: {
    id: text,
    object: { type: 'string', enum: ['payment_page'] },
    asked_intent: maybe(text),
    frame_url: maybe(text),
    needs_method: boolean,
    offers_saving: boolean,
    return_url: maybe(text),
    session: { type: 'object' },
    ui_mode: { type: 'string', enum: ['elements', 'embedded_page'] },
  },
  required: [
    'id',
    'object',
    'asked_intent',
    'frame_url',
    'needs_method',
    'offers_saving',
    'return_url',
    'session',
    'ui_mode',
  ],
}

const changes: Readonly<Record<string, Schema>> = {
  billing_address: unsettable(object({ name: text, address })),
  business_name: text,
  email: text,
  individual_name: text,
  line_item: object({ id: text, quantity: { type: 'integer' } }, ['id', 'quantity']),
  phone_number: text,
  promotion_code: text,
  shipping_address: unsettable(object({ name: text, address }, ['name', 'address'])),
  shipping_rate: text,
  tax_id: unsettable(object({ type: text, value: text }, ['type', 'value'])),
}

const payment: Readonly<Record<string, Schema>> = {
  payment_method: text,
  payment_method_data: methodFields,
  save_payment_method: boolean,
}

const responses = { '200': { content: { 'application/json': { schema: answer } } } }
const client_secret = text

const posting = (operationId: string, properties: Readonly<Record<string, Schema>>): Operation => ({
  operationId,
  requestBody: {
    content: {
      'application/x-www-form-urlencoded': {
        schema: object({ ...properties, client_secret, expand: { type: 'array', items: text } }, ['client_secret']),
      },
    },
  },
  responses,
})

/** How Stripe.js reads, changes and pays a session in a page. Stripe documents nothing of it. */
export const paymentPageOperations: Readonly<Record<string, Partial<Record<HttpMethod, Operation>>>> = {
  '/v1/payment_pages/{id}': {
    get: {
      operationId: 'PaymentPage.retrieve',
      parameters: [{ in: 'query', name: 'client_secret', required: true, schema: text }],
      responses,
    },
    post: posting('PaymentPage.update', changes),
  },
  '/v1/payment_pages/{id}/confirm': { post: posting('PaymentPage.confirm', { ...changes, ...payment }) },
}
