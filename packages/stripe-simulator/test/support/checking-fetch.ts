import { answerProblems } from './answer-validator.ts'

export interface CheckingFetch {
  readonly fetch: typeof fetch
  /** What was wrong with the answers so far. */
  readonly problems: string[]
}

/** A fetch that holds every good answer against the document. */
export const createCheckingFetch = (): CheckingFetch => {
  const problems: string[] = []
  return {
    problems,
    fetch: async (input, init) => {
      // A validator may take longer to compile than an idle connection is kept: each request has its own.
      const headers = new Headers(init?.headers)
      headers.set('connection', 'close')
      const response = await fetch(input, { ...init, headers })
      const method = init?.method ?? 'GET'
      const path = new URL(String(input)).pathname
      if (response.ok) {
        const found = answerProblems(method, path, await response.clone().json())
        problems.push(...found.map((problem) => `${method} ${path}${problem}`))
      }
      return response
    },
  }
}
