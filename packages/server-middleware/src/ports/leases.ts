import type { Lease } from './inbox.ts'

/** Turns that one process at a time has, by the name of what it does with them. */
export interface LeaseStore {
  /** Whether it is `owner`'s now: it was free, its time was over, or `owner` has it already and prolongs it. */
  take(name: string, lease: Lease): Promise<boolean>
  /** Free for the next one, if it is `owner`'s. */
  release(name: string, owner: string): Promise<void>
}
