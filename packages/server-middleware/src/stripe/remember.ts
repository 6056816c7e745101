const lifetimeMs = 60_000

/** Answers that may be used again for a minute. What was not found is not remembered. */
export type Memory<Answer> = {
  recall: (key: string) => Answer | null
  keep: (key: string, answer: Answer) => void
  forget: () => void
}

export const createMemory = <Answer>(): Memory<Answer> => {
  const kept = new Map<string, { answer: Answer; until: number }>()
  return {
    recall: (key) => {
      const found = kept.get(key)
      return found && performance.now() < found.until ? found.answer : null
    },
    keep: (key, answer) => {
      kept.set(key, { answer, until: performance.now() + lifetimeMs })
    },
    forget: () => kept.clear(),
  }
}
