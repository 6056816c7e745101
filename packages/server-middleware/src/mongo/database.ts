import type { Connection } from 'mongoose'
import type { BillingStore, IndexChange } from '../ports/store.ts'
import { type Undo, withDeadline } from './deadline.ts'
import { type Loss, translate } from './errors.ts'
import { type Declaration, requireUnique } from './indexes.ts'
import { migrateIndexes } from './migrate-indexes.ts'
import type { Row } from './row.ts'
import { createRows, type Rows } from './rows.ts'

/** The host's connection, as the stores see it. */
export interface Database {
  /** `loss` is what a lost write of this collection is called. */
  rows<Document extends Row>(declaration: Declaration, loss?: Loss): Rows<Document>
  migrate: BillingStore['migrate']
  ping(): Promise<void>
}

export const createDatabase = (connection: Connection, prefix: string): Database => {
  const declared = new Map<string, Declaration['indexes']>()
  const requireIndexes = once(async () => {
    for (const [name, indexes] of declared) await requireUnique(connection, name, indexes)
  })
  const call = async <T>(work: () => Promise<T>, loss: Loss = 'store_unavailable', undo?: Undo): Promise<T> => {
    try {
      return await withDeadline(work, { undo })
    } catch (error) {
      throw translate(error, loss)
    }
  }

  return {
    rows(declaration, loss) {
      const name = prefix + declaration.name
      declared.set(name, declaration.indexes)
      return createRows(connection.collection(name), {
        read: async (work) => {
          await call(requireIndexes)
          return call(work)
        },
        write: async (work, undo) => {
          await call(requireIndexes)
          return call(work, loss, undo)
        },
      })
    },
    async migrate({ dryRun = false } = {}) {
      const changes: IndexChange[] = []
      for (const [name, indexes] of declared)
        changes.push(...(await migrateIndexes(connection, { name, indexes }, dryRun)))
      return changes
    },
    async ping() {
      await call(async () => connection.collection(`${prefix}accounts`).findOne({}, { projection: { _id: 1 } }))
    },
  }
}

/** Runs until it has succeeded; those who ask meanwhile wait for the same run. */
const once = (work: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined
  return () => {
    running ??= work().catch((error: unknown) => {
      running = undefined
      throw error
    })
    return running
  }
}
