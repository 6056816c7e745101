import {
  type Purchase,
  type PurchaseQuery,
  type PurchaseRequest,
  purchaseStatuses,
  type StartedPurchase,
} from '@paywright/contract'
import { z } from 'zod'
import { currency, id, minorAmount, money, timestamp } from './common.ts'
import { namesAccount, optionalAccountName } from './named-account.ts'

export const purchaseRequest = namesAccount<PurchaseRequest>(
  z.strictObject({ ...optionalAccountName, packId: id.exactOptional(), quantity: z.int().min(1).max(100).default(1) }),
)

export const purchaseQuery = namesAccount<PurchaseQuery>(
  z.strictObject({ oauthProvider: optionalAccountName.oauthProvider, externalId: optionalAccountName.externalId }),
)

const purchaseFields = {
  paymentId: z.string(),
  packId: z.string(),
  quantity: z.int(),
  unit: z.string(),
  scale: z.int(),
  usesPurchased: z.int(),
  amountMinor: minorAmount,
  currency,
  price: money,
  status: z.enum(purchaseStatuses),
  failure: z.strictObject({ code: z.string(), declineCode: z.string().nullable(), message: z.string() }).nullable(),
  createdAt: timestamp,
}

export const purchase = z.strictObject(purchaseFields) satisfies z.ZodType<Purchase>

export const startedPurchase = z.strictObject({
  ...purchaseFields,
  clientSecret: z.string(),
}) satisfies z.ZodType<StartedPurchase>
