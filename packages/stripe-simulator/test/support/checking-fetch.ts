import { answerProblems } from './answer-validator.ts'

export interface CheckingFetch {
  readonly fetch: typeof fetch
  /** What was wrong with the answers so far. Looked for when it is asked: it takes long, and connections do not wait. */
  readonly problems: string[]
}

/** A fetch that holds every good answer against the document. */
export const createCheckingFetch = (): CheckingFetch => {
  const answers: { readonly method: string; readonly path: string; readonly answer: unknown }[] = []
  return {
    get problems() {
      return answers.flatMap(({ method, path, answer }) =>
        answerProblems(method, path, answer).map((problem) => `${method} ${path}${problem}`),
      )
    },
    fetch: async (input, init) => {
      // A validator may take longer to compile than an idle connection is kept: each request has its own.
      const headers = new Headers(init?.headers)
      headers.set('connection', 'close')
      const response = await fetch(input, { ...init, headers })
      const method = init?.method ?? 'GET'
      const path = new URL(String(input)).pathname
      if (response.ok) answers.push({ method, path, answer: await response.clone().json() })
      return response
    },
  }
}
