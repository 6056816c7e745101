import { randomUUID } from 'node:crypto'
import type { LedgerRef } from '../../domain/credits/operation.ts'
import type { Books } from './books.ts'
import type { Snapshot } from './snapshot.ts'

export type TurnDeps = {
  books: Pick<Books, 'findTurn' | 'claim' | 'load'>
  pause: (milliseconds: number) => Promise<unknown>
}

/** A book, and whether it is our turn with it. */
export type Turn = { snapshot: Snapshot; isOurs: boolean }

/** Whoever has a turn and has written nothing for so many looks has died. */
const looksToWait = 32
/** Whoever waits for a turn looks for it at least this often. */
export const longestPauseMilliseconds = 24

/**
 * Waits until nobody else has a turn with the book, and takes the next one. Whoever has let more turns pass looks more
 * often, and so comes first.
 */
export const takeTurn = async ({ books, pause }: TurnDeps, ledger: LedgerRef): Promise<Turn> => {
  let seen: Seen = { turn: null, rev: null, looks: 0, passed: 0 }
  while (seen.looks < looksToWait) {
    const found = await books.findTurn(ledger)
    if (!found) break
    const claimed = found.turn === null && (await books.claim(ledger, randomUUID()))
    if (claimed) return { snapshot: claimed, isOurs: true }
    seen = afterLook(seen, found)
    await pause((Math.random() * longestPauseMilliseconds) / (1 + seen.passed))
  }
  return { snapshot: await books.load(ledger), isOurs: false }
}

/** How often we have looked since the last write, and how many turns have passed. */
type Seen = { turn: string | null; rev: string | null; looks: number; passed: number }

const afterLook = (before: Seen, { turn, rev }: { turn: string | null; rev: string | null }): Seen => {
  const isAnother = turn !== null && turn !== before.turn
  const passed = isAnother ? before.passed + 1 : before.passed
  return { turn, rev, looks: rev === before.rev ? before.looks + 1 : 0, passed }
}
