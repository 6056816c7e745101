import type { Answer } from '../server/agent.ts'
import type { Person } from '../server/person.ts'

const json = { 'content-type': 'application/json' }

export const readPerson = async (): Promise<Person | null> => {
  const response = await fetch('/session')
  return (await response.json()).person
}

export const signIn = async (name: string): Promise<Person | null> => {
  const response = await fetch('/session', { method: 'POST', headers: json, body: JSON.stringify({ name }) })
  return (await response.json()).person
}

export const signOut = async (): Promise<void> => {
  await fetch('/session', { method: 'DELETE' })
}

/** `refused`: it costs a use, and none is left. */
export type Reply = { outcome: 'answered'; answer: Answer } | { outcome: 'refused' } | { outcome: 'failed' }

/** Asks the agent. Sent again under the same key, a question costs its use once. */
export const askAgent = async ({ question, key }: { question: string; key: string }): Promise<Reply> => {
  const headers = { ...json, 'idempotency-key': key }
  try {
    const response = await fetch('/api/ask', { method: 'POST', headers, body: JSON.stringify({ question }) })
    if (response.status === 402) return { outcome: 'refused' }
    return response.ok ? { outcome: 'answered', answer: await response.json() } : { outcome: 'failed' }
  } catch {
    return { outcome: 'failed' }
  }
}
