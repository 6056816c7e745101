import type { Timestamp } from '@paywright/contract'

export const toTimestamp = (date: Date): Timestamp => date.toISOString()

export const toTimestampOrNull = (date: Date | null): Timestamp | null => date?.toISOString() ?? null
