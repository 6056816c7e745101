import type { Schema } from './document.ts'

/** What somebody types, as Stripe.js sends it. */
export const text: Schema = { type: 'string' }

const card: Schema = {
  type: 'object',
  properties: { number: text, exp_month: { type: 'integer' }, exp_year: { type: 'integer' }, cvc: text, token: text },
  additionalProperties: false,
}

export const address: Schema = {
  type: 'object',
  properties: { city: text, country: text, line1: text, line2: text, postal_code: text, state: text },
  additionalProperties: false,
}

const billingDetails: Schema = {
  type: 'object',
  properties: { address, email: text, name: text, phone: text, tax_id: text },
  additionalProperties: false,
}

export const methodFields: Schema = {
  type: 'object',
  properties: {
    type: text,
    card,
    billing_details: billingDetails,
    allow_redisplay: text,
    metadata: { type: 'object', additionalProperties: text },
  },
  required: ['type'],
  additionalProperties: false,
}
