import { billingErrorCodes } from '@paywright/contract'
import { z } from 'zod'
import { account, createAccountRequest } from './schemas/accounts.ts'
import { checkoutRequest, checkoutResponse, portalRequest, portalResponse } from './schemas/checkout.ts'
import { jsonValue, money } from './schemas/common.ts'
import {
  captureRequest,
  chargeRequest,
  chargeResponse,
  checkRequest,
  checkResponse,
  credits,
  entry,
  entryPage,
  holdRequest,
  holdResponse,
  releaseRequest,
} from './schemas/credits.ts'
import { pack, plan, plansResponse } from './schemas/plans.ts'
import { problemSchema } from './schemas/problem.ts'
import { purchase, purchaseRequest, startedPurchase } from './schemas/purchases.ts'
import { status, subscription } from './schemas/status.ts'
import { config, health, webhookReceipt } from './schemas/system.ts'

export type JsonSchema = { readonly [key: string]: unknown }

const requests = {
  CreateAccountRequest: createAccountRequest,
  CheckoutRequest: checkoutRequest,
  PurchaseRequest: purchaseRequest,
  CheckRequest: checkRequest,
  ChargeRequest: chargeRequest,
  HoldRequest: holdRequest,
  CaptureRequest: captureRequest,
  ReleaseRequest: releaseRequest,
  PortalRequest: portalRequest,
  JsonValue: jsonValue,
}

const replies = {
  Account: account,
  Config: config,
  PlansResponse: plansResponse,
  Plan: plan,
  Pack: pack,
  Money: money,
  Status: status,
  Subscription: subscription,
  Credits: credits,
  Entry: entry,
  EntryPage: entryPage,
  CheckResponse: checkResponse,
  ChargeResponse: chargeResponse,
  HoldResponse: holdResponse,
  CheckoutResponse: checkoutResponse,
  PortalResponse: portalResponse,
  Purchase: purchase,
  StartedPurchase: startedPurchase,
  WebhookReceipt: webhookReceipt,
  Health: health,
}

/** The contract's types by their names, as JSON Schema, and how to refer to each. */
export type Components = { schemas: Readonly<Record<string, JsonSchema>>; refer: (schema: z.ZodType) => JsonSchema }

/** What is sent is described as it is before its defaults are filled in, what comes back as it is. */
export const toComponents = (): Components => {
  const names = new Map<z.ZodType, string>(
    Object.entries({ ...requests, ...replies }).map(([name, schema]) => [schema, name]),
  )
  const problems = Object.fromEntries(billingErrorCodes.map((code) => [problemName(code), problemSchema(code)]))
  return {
    schemas: { ...convert(requests, 'input'), ...convert({ ...replies, ...problems }, 'output') },
    refer: (schema) => {
      const name = names.get(schema)
      return name === undefined ? withoutDialect(z.toJSONSchema(schema)) : reference(name)
    },
  }
}

export const problemName = (code: string): string =>
  `${code.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())}Problem`

export const reference = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

const convert = (schemas: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output'): Record<string, JsonSchema> => {
  const registry = z.registry<{ id: string }>()
  for (const [name, schema] of Object.entries(schemas)) registry.add(schema, { id: name })
  const converted = z.toJSONSchema(registry, { io, uri: (name) => `#/components/schemas/${name}` })
  return Object.fromEntries(Object.entries(converted.schemas).map(([name, schema]) => [name, withoutDialect(schema)]))
}

/** OpenAPI 3.1 says once for all which dialect its schemas are in, and finds them by their place. */
const withoutDialect = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id' && key !== '~standard'),
  )
