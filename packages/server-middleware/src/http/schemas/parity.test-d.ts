import type { RouteTypes } from '@paywright/contract'
import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { account, createAccountRequest } from './accounts.ts'
import type { checkoutRequest, checkoutResponse, portalRequest, portalResponse } from './checkout.ts'
import type {
  captureRequest,
  chargeRequest,
  chargeResponse,
  checkRequest,
  checkResponse,
  credits,
  entriesQuery,
  entryPage,
  holdRequest,
  holdResponse,
  releaseRequest,
} from './credits.ts'
import type { plansResponse } from './plans.ts'
import type { purchase, purchaseQuery, purchaseRequest, startedPurchase } from './purchases.ts'
import type { status, statusQuery } from './status.ts'
import type { config, health, webhookReceipt } from './system.ts'

type Reply<Name extends keyof RouteTypes> = RouteTypes[Name]['response']
type Body<Name extends keyof RouteTypes> = RouteTypes[Name]['body']
type Query<Name extends keyof RouteTypes> = RouteTypes[Name]['query']

test('every reply is the contract’s, no field more or less', () => {
  expectTypeOf<z.output<typeof account>>().toEqualTypeOf<Reply<'createAccount'>>()
  expectTypeOf<z.output<typeof config>>().toEqualTypeOf<Reply<'getConfig'>>()
  expectTypeOf<z.output<typeof plansResponse>>().toEqualTypeOf<Reply<'listPlans'>>()
  expectTypeOf<z.output<typeof status>>().toEqualTypeOf<Reply<'getStatus'>>()
  expectTypeOf<z.output<typeof checkoutResponse>>().toEqualTypeOf<Reply<'startCheckout'>>()
  expectTypeOf<z.output<typeof startedPurchase>>().branded.toEqualTypeOf<Reply<'startPurchase'>>()
  expectTypeOf<z.output<typeof purchase>>().toEqualTypeOf<Reply<'getPurchase'>>()
  expectTypeOf<z.output<typeof credits>>().toEqualTypeOf<Reply<'getCredits'>>()
  expectTypeOf<z.output<typeof entryPage>>().toEqualTypeOf<Reply<'listEntries'>>()
  expectTypeOf<z.output<typeof checkResponse>>().toEqualTypeOf<Reply<'checkCredits'>>()
  expectTypeOf<z.output<typeof chargeResponse>>().toEqualTypeOf<Reply<'chargeCredits'>>()
  expectTypeOf<z.output<typeof holdResponse>>().toEqualTypeOf<Reply<'holdCredits'>>()
  expectTypeOf<z.output<typeof portalResponse>>().toEqualTypeOf<Reply<'openPortal'>>()
  expectTypeOf<z.output<typeof webhookReceipt>>().toEqualTypeOf<Reply<'receiveWebhook'>>()
  expectTypeOf<z.output<typeof health>>().toEqualTypeOf<Reply<'getHealth'>>()
})

test('every body and query is the contract’s', () => {
  expectTypeOf<keyof z.input<typeof createAccountRequest>>().toEqualTypeOf<keyof Body<'createAccount'>>()
  expectTypeOf<keyof z.input<typeof checkoutRequest>>().toEqualTypeOf<keyof Body<'startCheckout'>>()
  expectTypeOf<z.output<typeof purchaseRequest>>().toEqualTypeOf<Body<'startPurchase'>>()
  expectTypeOf<z.output<typeof purchaseQuery>>().toEqualTypeOf<Query<'getPurchase'>>()
  expectTypeOf<z.output<typeof checkRequest>>().toEqualTypeOf<Body<'checkCredits'>>()
  expectTypeOf<z.output<typeof chargeRequest>>().toEqualTypeOf<Body<'chargeCredits'>>()
  expectTypeOf<z.output<typeof holdRequest>>().toEqualTypeOf<Body<'holdCredits'>>()
  expectTypeOf<z.output<typeof captureRequest>>().toEqualTypeOf<Body<'captureHold'>>()
  expectTypeOf<z.output<typeof releaseRequest>>().toEqualTypeOf<Body<'releaseHold'>>()
  expectTypeOf<z.input<typeof portalRequest>>().toEqualTypeOf<Body<'openPortal'>>()
  expectTypeOf<z.output<typeof statusQuery>>().toEqualTypeOf<Query<'getStatus'>>()
  expectTypeOf<z.output<typeof entriesQuery>>().toEqualTypeOf<Query<'listEntries'>>()
})
