import type { Deps } from '../ports/deps.ts'

const patienceMilliseconds = 60_000

/** Archives what processes left behind that died, or were done with a book. Gives how many books that was. */
export const tidyLedgers = async ({ store, clock }: Deps): Promise<number> =>
  store.ledger.tidy(new Date(clock.now().getTime() - patienceMilliseconds))
