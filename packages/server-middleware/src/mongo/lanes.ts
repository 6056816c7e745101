/** How work is gathered: so many calls at a time, each with so many items. */
export type LaneOptions<Item, Result> = {
  lanes: number
  most: number
  /** What an item counts for; one, if not said otherwise. */
  weigh?: (item: Item) => number
  /** The results in the order of the items. An error is the error of all of them. */
  run: (items: readonly Item[]) => Promise<readonly Result[]>
}

type Waiting<Item, Result> = {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Merges calls that come while others are on their way into few: one wait serves many. Nothing waits for company: while
 * a lane is free, a call goes out at once.
 */
export const createLanes = <Item, Result>(options: LaneOptions<Item, Result>): ((item: Item) => Promise<Result>) => {
  const { lanes, run } = options
  const waiting: Waiting<Item, Result>[] = []
  let running = 0
  let isScheduled = false

  const schedule = (): void => {
    if (isScheduled || running >= lanes || waiting.length === 0) return
    isScheduled = true
    // What is asked for in the same turn of the event loop goes out together.
    setImmediate(() => {
      isScheduled = false
      void drive()
    })
  }
  const drive = async (): Promise<void> => {
    const batch = waiting.splice(0, loadOf(waiting, options))
    if (batch.length === 0) return
    running += 1
    schedule()
    try {
      const results = await run(batch.map(({ item }) => item))
      for (const [i, { resolve }] of batch.entries()) resolve(results[i] as Result)
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
    running -= 1
    schedule()
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      schedule()
    })
}

/** How many of them go together: as many as there is room for, and at least one. */
const loadOf = <Item, Result>(
  waiting: readonly Waiting<Item, Result>[],
  { most, weigh = () => 1 }: LaneOptions<Item, Result>,
): number => {
  let weight = 0
  const end = waiting.findIndex(({ item }) => {
    weight += weigh(item)
    return weight > most
  })
  return end < 0 ? waiting.length : Math.max(1, end)
}
