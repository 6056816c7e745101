import type { EntryDraft, Tools } from './entry.ts'
import type { Grant } from './state.ts'

/** Whether credits of the grant have to be written off before anything else happens. */
export const isOverdue = ({ parts, expiresAt }: Grant, now: Date): boolean =>
  parts.available > 0 && expiresAt !== null && expiresAt <= now

export const draftExpiry = ({ id, parts: { available } }: Grant, { hash }: Tools): EntryDraft => ({
  op: 'expire',
  key: `expire:${id}`,
  credits: -available,
  note: { description: 'Expired', metadata: {}, amountMinor: null, currency: null },
  legs: [
    { account: 'available', grantId: id, credits: -available },
    { account: 'expired', grantId: id, credits: available },
  ],
  grant: null,
  fingerprint: hash(`expire:${id}`),
})
