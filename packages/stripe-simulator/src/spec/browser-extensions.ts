import type { Operation, Schema } from './document.ts'

const text: Schema = { type: 'string' }

const card: Schema = {
  type: 'object',
  properties: { number: text, exp_month: { type: 'integer' }, exp_year: { type: 'integer' }, cvc: text, token: text },
  additionalProperties: false,
}

const address: Schema = {
  type: 'object',
  properties: { city: text, country: text, line1: text, line2: text, postal_code: text, state: text },
  additionalProperties: false,
}

const billingDetails: Schema = {
  type: 'object',
  properties: { address, email: text, name: text, phone: text, tax_id: text },
  additionalProperties: false,
}

const usBankAccount: Schema = {
  type: 'object',
  properties: { account_holder_type: text, account_number: text, account_type: text, routing_number: text },
  additionalProperties: false,
}

const sepaDebit: Schema = { type: 'object', properties: { iban: text }, additionalProperties: false }

const methodFields: Schema = {
  type: 'object',
  properties: {
    type: text,
    card,
    us_bank_account: usBankAccount,
    sepa_debit: sepaDebit,
    billing_details: billingDetails,
    allow_redisplay: text,
    metadata: { type: 'object', additionalProperties: text },
  },
  required: ['type'],
  additionalProperties: false,
}

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

export const browserOperations: Readonly<Record<string, { readonly post: Operation }>> = {
  '/v1/confirmation_tokens': { post: createConfirmationToken },
}
