import type { World } from '../world.ts'

class Undone<T> extends Error {
  readonly result: T

  constructor(result: T) {
    super('undone')
    this.result = result
  }
}

/** Does something for real, gives what came of it, and takes it back: how a preview cannot differ from the deed. */
export const undone = <T>(world: World, work: () => T): T => {
  try {
    return world.atomically(() => {
      throw new Undone(work())
    })
  } catch (cause) {
    if (cause instanceof Undone) return cause.result as T
    throw cause
  }
}
