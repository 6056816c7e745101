/** A page of rows in the order of their ids; `after` is the id to go on from. */
export type RowPage = {
  after: string | null
  limit: number
  /** Only this account's. */
  accountRef?: string
  /** Only those that were created then or later. */
  since?: Date
}
