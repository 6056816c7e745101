/**
 * Of the works of one key at most one runs and one waits. Whoever comes while one runs shares the next one, so nobody
 * gets an answer from before they asked. A work never waits for another one: it asks, and leaves what follows to whoever
 * asked.
 */
export type Coalesce = <Answer>(key: string, work: () => Promise<Answer>) => Promise<Answer>
