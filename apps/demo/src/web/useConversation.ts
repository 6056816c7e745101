import { useStatus } from '@paywright/react-billing'
import { useRef, useState } from 'react'
import type { Answer } from '../server/agent.ts'
import { askAgent } from './api.ts'

export type Turn = { id: number; question: string; answer: Answer }

export type Conversation = {
  turns: readonly Turn[]
  draft: string
  state: 'idle' | 'asking' | 'refused' | 'failed'
  /** Until the page knows what is left, nothing is spent. */
  canAsk: boolean
  /** Whether the way to more uses is open. */
  isBuying: boolean
  write: (draft: string) => void
  ask: (question: string) => void
  buy: () => void
  /** Uses have been bought: what was refused may be asked again. */
  goOn: () => void
}

/** Questions and answers of this visit. A question that wasn't answered stays in the box. */
export const useConversation = (): Conversation => {
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const [draft, write] = useState('')
  const [state, setState] = useState<Conversation['state']>('idle')
  const [isBuying, setBuying] = useState(false)
  const status = useStatus()
  const attempt = useRef({ question: '', key: '' })
  const canAsk = status.state !== 'loading' && state !== 'asking'

  const keep = (turn: Omit<Turn, 'id'>) => {
    setTurns((before) => [...before, { ...turn, id: before.length }])
    write('')
    setBuying(false)
    setState('idle')
  }
  const send = async (question: string) => {
    write(question)
    setState('asking')
    if (attempt.current.question !== question) attempt.current = { question, key: crypto.randomUUID() }
    const reply = await askAgent(attempt.current)
    if (reply.outcome !== 'failed') attempt.current = { question: '', key: '' }
    if (status.state === 'ready') void status.refresh()
    if (reply.outcome === 'answered') return keep({ question, answer: reply.answer })
    setState(reply.outcome)
    if (reply.outcome === 'refused') setBuying(true)
  }
  return {
    turns,
    draft,
    state,
    canAsk,
    isBuying,
    write,
    ask: (typed) => {
      const question = typed.trim()
      if (question !== '' && canAsk) void send(question)
    },
    buy: () => setBuying(true),
    goOn: () => setState('idle'),
  }
}
