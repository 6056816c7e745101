import type { Pack, Plan, PlanAction, PlanPrice, PlansResponse } from '@paywright/contract'
import { z } from 'zod'
import { currency, interval, money } from './common.ts'

const planAction = z.enum([
  'subscribe',
  'start_trial',
  'upgrade',
  'downgrade',
  'switch_interval',
  'current',
  'resume',
  'finish_payment',
  'contact',
]) satisfies z.ZodType<PlanAction>

const planPrice = z.strictObject({
  interval,
  price: money,
  perMonth: money,
  saving: money.nullable(),
  action: planAction.nullable(),
}) satisfies z.ZodType<PlanPrice>

export const plan = z.strictObject({
  id: z.string(),
  name: z.string(),
  promise: z.string(),
  prices: z.strictObject({ month: planPrice.nullable(), year: planPrice.nullable() }),
  action: planAction.nullable(),
  features: z.array(z.string()),
  limits: z.record(z.string(), z.number().nullable()),
  trialDays: z.int(),
  everythingIn: z.string().nullable(),
  recommended: z.boolean(),
}) satisfies z.ZodType<Plan>

export const pack = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string(),
  scale: z.int(),
  usesPurchased: z.int(),
  price: money,
}) satisfies z.ZodType<Pack>

export const plansResponse = z.strictObject({
  plans: z.array(plan),
  packs: z.array(pack),
  currency,
  unit: z.string(),
  freeUses: z.int(),
}) satisfies z.ZodType<PlansResponse>
