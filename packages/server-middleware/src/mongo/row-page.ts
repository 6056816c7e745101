import type { RowPage } from '../ports/pages.ts'

/** The part of a filter that a page is. */
export const pageFilter = ({ after, accountRef, since }: RowPage) => ({
  ...(after === null ? {} : { _id: { $gt: after } }),
  ...(accountRef === undefined ? {} : { accountRef }),
  ...(since === undefined ? {} : { createdAt: { $gte: since } }),
})

export const inOrderOfIds = (limit: number) => ({ sort: { _id: 1 }, limit }) as const
