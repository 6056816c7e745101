/** What happened to accounts, each once: a row whose key is known is not written again, and none is ever changed. */
export interface History<Row> {
  add(row: Row): Promise<'added' | 'known'>
  /** An account's, the oldest first. */
  list(accountRef: string): Promise<readonly Row[]>
}
