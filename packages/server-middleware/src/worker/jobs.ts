import { tidyLedgers } from '../actions/tidy-ledgers.ts'
import type { Deps } from '../ports.ts'

export type Job = { name: string; everyMilliseconds: number; run: (deps: Deps) => Promise<unknown> }

const minute = 60_000

export const jobs: readonly Job[] = [{ name: 'tidy_ledgers', everyMilliseconds: minute, run: tidyLedgers }]
