/** How something went, in a sentence for whoever looks next. */
export interface Notice {
  readonly good?: string
  readonly trouble?: string
}

/** Sentences that wait for the next look at a page, and are read once. */
export interface Notices {
  leave(path: string, notice: Notice): void
  take(path: string): Notice
}

export const createNotices = (): Notices => {
  const waiting = new Map<string, Notice>()
  return {
    leave: (path, notice) => {
      waiting.set(path, notice)
    },
    take: (path) => {
      const notice = waiting.get(path) ?? {}
      waiting.delete(path)
      return notice
    },
  }
}
