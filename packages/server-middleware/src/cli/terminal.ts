/** Where a command runs. */
export type Terminal = {
  out: (text: string) => void
  err: (text: string) => void
  /** Somebody watches: a line may be written over. */
  isWatched?: boolean
  /** Asked for, it is aborted when the person or the system wants this to end; not asked for, that ends everything. */
  untilStopped?: () => AbortSignal
}

/** Says how far something has come: on one line for whoever watches, and otherwise not at all. */
export const createProgress = ({ err, isWatched = false }: Terminal) => ({
  show: (text: string): void => {
    if (isWatched) err(`\r\u001b[K${text}`)
  },
  clear: (): void => {
    if (isWatched) err('\r\u001b[K')
  },
})
