import type { Account, CreateAccountRequest } from '@paywright/contract'
import { z } from 'zod'
import { currency, line, minorAmount, timestamp } from './common.ts'
import { accountName } from './named-account.ts'

export const createAccountRequest = z.strictObject({
  ...accountName,
  initialBalanceMinor: minorAmount.min(0).max(100_000_000).exactOptional(),
  currency: currency.exactOptional(),
  planName: line(100).exactOptional(),
}) satisfies z.ZodType<CreateAccountRequest>

export const account = z.strictObject({
  accountId: z.string(),
  oauthProvider: z.string(),
  externalId: z.string(),
  customerEmail: z.string().nullable(),
  planName: z.string(),
  currency,
  createdAt: timestamp,
}) satisfies z.ZodType<Account>
