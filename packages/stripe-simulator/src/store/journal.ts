export interface Savepoint {
  rollback(): void
  release(): void
}

/** The way back from changes, for as long as there is a savepoint. Stores that change together share one. */
export interface Journal {
  /** Something changes: this is how to undo it. */
  record(undo: () => void): void
  /** From here on changes can be undone, until the point is released. */
  savepoint(): Savepoint
}

export const createJournal = (): Journal => {
  const undos: (() => void)[] = []
  let savepoints = 0
  return {
    record: (undo) => {
      if (savepoints > 0) undos.push(undo)
    },
    savepoint: () => {
      const mark = undos.length
      savepoints += 1
      return {
        rollback: () => {
          for (const undo of undos.splice(mark).reverse()) undo()
        },
        release: () => {
          savepoints -= 1
          if (savepoints === 0) undos.length = 0
        },
      }
    },
  }
}
