import type { Mirrored } from '../domain/difference.ts'
import type { Deps } from '../ports/deps.ts'
import type { Mark } from '../ports/marks.ts'
import type { Findings } from './findings.ts'

/** How somebody goes through all that we and the provider have. */
export type Tour = {
  deps: Deps
  findings: Findings
  dryRun: boolean
  /** Goes on where others have stopped, and leaves marks for them. */
  usesMarks: boolean
  signal: AbortSignal | undefined
}

export type Page<Row> = { rows: readonly Row[]; next: string | null }

export type Walk<Row> = {
  kind: Mirrored
  /** What its mark is called; the kind when it is the only walk of that. */
  name?: string
  since: Date | null
  page: (cursor: string | null, since: Date | null) => Promise<Page<Row>>
  visit: (rows: readonly Row[]) => Promise<void>
}

/** A mark that is older than a day is nobody's any more. */
const oldestMarkMilliseconds = 86_400_000

export const markName = (name: string): string => `reconcile:${name}`

/**
 * Visits page after page and leaves a mark after each, from where the next one goes on when this one is stopped or dies.
 * Any number may walk at once. `again`: it went on from a mark, so what is newer than that was not looked at.
 */
export const walk = async <Row>(tour: Tour, route: Walk<Row>): Promise<{ again: boolean }> => {
  const { kind, name = kind, since, page, visit } = route
  const { deps, findings, usesMarks, signal } = tour
  const left = await findOpenMark(tour, name)
  const mark: Mark = left ?? { startedAt: deps.clock.now(), cursor: null, since }
  let { cursor } = mark
  while (!signal?.aborted) {
    const { rows, next } = await page(cursor, mark.since)
    await visit(rows)
    findings.seen(kind, rows.length)
    cursor = next
    if (usesMarks) await deps.store.marks.save(markName(name), { ...mark, cursor })
    if (cursor === null) break
  }
  return { again: left !== null && !signal?.aborted }
}

const findOpenMark = async ({ deps, usesMarks }: Tour, name: string): Promise<Mark | null> => {
  const mark = usesMarks ? await deps.store.marks.find(markName(name)) : null
  const isOpen = mark !== null && mark.cursor !== null
  return isOpen && deps.clock.now().getTime() - mark.startedAt.getTime() < oldestMarkMilliseconds ? mark : null
}
