/** What happened to accounts, each once: a row whose key is known is not written again, and none is ever changed. */
export interface History<Row> {
  add(row: Row): Promise<'added' | 'known'>
  /** An account's, the oldest first. */
  list(accountRef: string): Promise<readonly Row[]>
}

/** With something in it that says who somebody is. */
export interface PersonalHistory<Row> extends History<Row> {
  /** Forgets that, and nothing else; answers in how many rows it was. */
  erase(accountRef: string): Promise<number>
}
