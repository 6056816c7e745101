/**
 * Of the works of one key at most one runs and one waits. Whoever comes while one runs shares the next one, so nobody
 * gets an answer from before they asked.
 */
export type Coalesce = <Answer>(key: string, work: () => Promise<Answer>) => Promise<Answer>
