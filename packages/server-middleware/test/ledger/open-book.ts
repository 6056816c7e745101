import { createHash } from 'node:crypto'
import type { BookEntry, Tools } from '../../src/domain/credits/entry.ts'
import type { LedgerRef, Operation, Posting } from '../../src/domain/credits/operation.ts'
import { post, readBalance } from '../../src/domain/credits/post.ts'
import { emptyState, type LedgerState } from '../../src/domain/credits/state.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

const startOfBook = new Date('2026-01-01T00:00:00Z')

export const minutesLater = (minutes: number): Date => new Date(startOfBook.getTime() + minutes * 60_000)

/** A ledger in a variable. */
export const openBook = (freeUses = 0, policy: Partial<Pick<LedgerRef, 'overdraft' | 'shortfall'>> = {}) => {
  const ledger: LedgerRef = { accountRef: 'acme', unit: 'uses', freeUses, overdraft: 0, shortfall: 'debt', ...policy }
  const entries: BookEntry[] = []
  let state: LedgerState = emptyState
  const tools = (now: Date): Tools => ({ now, hash, newSalt: () => 'salt' })
  return {
    entries,
    state: () => state,
    balance: (now = startOfBook) => readBalance(state, ledger, tools(now)),
    run: (operation: Operation, now = startOfBook): Posting => {
      const known = entries.find((entry) => entry.key === operation.key) ?? null
      const step = post(state, { ledger, operation, known }, tools(now))
      state = step.state
      entries.push(...step.entries)
      return step.posting
    },
  }
}
