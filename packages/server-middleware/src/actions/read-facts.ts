import { type Fact, type ProviderEvent, subjectOf } from '../domain/event.ts'
import type { Deps } from '../ports/deps.ts'

/** What an event says: `fact` is null when it means nothing to us. */
export type Reading = { fact: Fact | null } | { error: unknown }

/** Read from the payload each time: a version that knows more makes more of it. */
export const readFact = ({ provider }: Deps, event: ProviderEvent): Reading => {
  try {
    return { fact: provider.readFact(event) }
  } catch (error) {
    return { error }
  }
}

/** Events about one thing are worked on together; one that means nothing, or cannot be read, is about itself. */
export const subjectFor = (deps: Deps, event: ProviderEvent): string => {
  const reading = readFact(deps, event)
  return 'fact' in reading && reading.fact ? subjectOf(reading.fact) : `event:${event.id}`
}
