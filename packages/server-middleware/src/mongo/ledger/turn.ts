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

/** Waits until nobody else has a turn with the book, and takes the next one. */
export const takeTurn = async (deps: TurnDeps, ledger: LedgerRef): Promise<Turn> => {
  let snapshot = await deps.books.load(ledger)
  for (let looks = 0; looks < looksToWait; ) {
    const claimed = snapshot.turn === null && (await deps.books.claim(ledger, randomUUID()))
    if (claimed) return { snapshot: claimed, isOurs: true }
    if (snapshot.rev === null) break
    await deps.pause(Math.random() * Math.min(2 ** looks, longestPauseMilliseconds))
    const next = await deps.books.load(ledger)
    looks = next.turn === null || next.turn === snapshot.turn ? looks + 1 : 0
    snapshot = next
  }
  return { snapshot, isOurs: false }
}
