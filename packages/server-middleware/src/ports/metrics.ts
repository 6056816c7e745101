import type { InboxState } from './inbox.ts'
import type { OutboxState } from './outbox.ts'

export type ProviderCallResult = 'ok' | 'refused' | 'unavailable'

/** Counts what goes on. Whatever it is told has few different values. */
export interface Metrics {
  creditCheck(purchaseRequired: boolean): void
  charge(success: boolean): void
  /** `type` is the provider's word if it means something here, else `other`. */
  webhook(type: string, result: string): void
  providerCall(result: ProviderCallResult): void
}

/** How much waits, will be tried again and is given up, in which outbox. */
export type OutboxReading = Readonly<Record<string, Pick<OutboxState, 'pending' | 'failed' | 'dead'>>>

/** How inbox and outbox are when somebody looks; null and empty when the store doesn't answer. */
export type StoreReading = { inbox: InboxState | null; outbox: OutboxReading; lagSeconds: number }

export interface Exposition {
  /** What was counted so far, in the text format of Prometheus. */
  expose(reading: StoreReading): Promise<string>
}
