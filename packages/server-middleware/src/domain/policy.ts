import type { LedgerRef } from './credits/operation.ts'

/** How the house decides where the host may: one place, parsed at boot. */
export type Policy = {
  graceDays: number
  locale: string
  trustedOrigins: readonly string[]
  defaultReturnPath: string
  source: string
  /** Whether a webhook is applied before it is answered, or by the worker after that. */
  webhooks: 'inline' | 'queued'
  /** How far below zero charges may go, and who answers for credits that were spent before their money went back. */
  credits: Pick<LedgerRef, 'overdraft' | 'shortfall'>
  /** By unit: when a charge leaves fewer credits than this, the host is told. */
  lowAt: Readonly<Record<string, number>>
}
