/** How far a long walk has come. */
export type Mark = {
  startedAt: Date
  /** After what the next page begins; null when the walk has come to its end. */
  cursor: string | null
  /** How far back in time the walk goes; null when it looks at everything. */
  since: Date | null
}

/** The marks of long walks, by name, so that another process can go on. */
export interface MarkStore {
  find(name: string): Promise<Mark | null>
  save(name: string, mark: Mark): Promise<void>
}
