import type { InboxState } from './inbox.ts'

export type ProviderCallResult = 'ok' | 'refused' | 'unavailable'

/** Counts what goes on. Whatever it is told has few different values. */
export interface Metrics {
  creditCheck(purchaseRequired: boolean): void
  charge(success: boolean): void
  /** `type` is the provider's word if it means something here, else `other`. */
  webhook(type: string, result: string): void
  providerCall(result: ProviderCallResult): void
}

/** How the inbox is when somebody looks; null when the store doesn't answer. */
export type InboxReading = { inbox: InboxState | null; lagSeconds: number }

export interface Exposition {
  /** What was counted so far, in the text format of Prometheus. */
  expose(reading: InboxReading): Promise<string>
}
