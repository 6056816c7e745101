import type { Say } from './say.mjs'

export type Step<T> = { name: string; attempt: () => Promise<T> }

/** A failure that no later step can mend: the chain ends here. */
export class NoWayAround extends Error {
  override name = 'NoWayAround'
}

/** Tries the steps in order. Each one that fails says why, and which is next. */
export async function firstThatWorks<T>(steps: readonly Step<T>[], say: Say): Promise<T> {
  const failures: string[] = []
  for (const [index, step] of steps.entries()) {
    try {
      return await step.attempt()
    } catch (error) {
      if (error instanceof NoWayAround) throw error
      const next = steps[index + 1]
      failures.push(`${step.name}: ${reasonOf(error)}`)
      if (next) say(`  ${step.name}: ${reasonOf(error)}. Next: ${next.name}.`)
    }
  }
  throw new Error(failures.map((failure) => `  - ${failure}`).join('\n'))
}

/** The first line of what went wrong, without its full stop. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const firstLine = message.trim().split('\n')[0] ?? ''
  return firstLine.replace(/\.$/, '') || 'it failed without a reason'
}
