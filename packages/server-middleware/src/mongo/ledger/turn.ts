import { randomUUID } from 'node:crypto'
import type { LedgerRef } from '../../domain/credits/operation.ts'
import type { Books } from './books.ts'
import type { Snapshot } from './snapshot.ts'

export type TurnDeps = {
  books: Pick<Books, 'claim' | 'load'>
  pause: (milliseconds: number) => Promise<unknown>
}

/** A book, and whether it is our turn with it. */
export type Turn = { snapshot: Snapshot; isOurs: boolean }

/** A turn that has not ended after so many looks: whoever took it has died. */
const looksToWait = 64
const longestPauseMilliseconds = 8

/**
 * Waits until nobody else has a turn with the book, and takes the next one. Whoever has let more turns pass looks more
 * often, and so comes first.
 */
export const takeTurn = async ({ books, pause }: TurnDeps, ledger: LedgerRef): Promise<Turn> => {
  let seen: Seen = { snapshot: await books.load(ledger), looks: 0, passed: 0 }
  while (seen.looks < looksToWait && seen.snapshot.rev !== null) {
    const claimed = seen.snapshot.turn === null && (await books.claim(ledger, randomUUID()))
    if (claimed) return { snapshot: claimed, isOurs: true }
    await pause((Math.random() * longestPauseMilliseconds) / (1 + seen.passed))
    seen = lookAgain(seen, await books.load(ledger))
  }
  return { snapshot: seen.snapshot, isOurs: false }
}

/** How often we have looked during this turn, and how many turns have passed. */
type Seen = { snapshot: Snapshot; looks: number; passed: number }

const lookAgain = ({ snapshot: before, looks, passed }: Seen, snapshot: Snapshot): Seen => {
  const isAnother = snapshot.turn !== null && snapshot.turn !== before.turn
  return isAnother ? { snapshot, looks: 0, passed: passed + 1 } : { snapshot, looks: looks + 1, passed }
}
