import { useEffect, useRef } from 'react'
import type { Turn } from './useConversation.ts'

/** What was said, newest last. A screen reader hears each answer as it comes, and the page scrolls to it. */
export const Turns = ({ turns }: { turns: readonly Turn[] }) => {
  const log = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (turns.length > 0) log.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [turns])
  return (
    <div ref={log} className="turns" role="log" aria-label="Conversation">
      {turns.map(({ id, question, answer }) => (
        <article key={id} className="turn">
          <p className="question">{question}</p>
          <p className="answer">{answer.text}</p>
          <p className="source">{answer.source}</p>
        </article>
      ))}
    </div>
  )
}
