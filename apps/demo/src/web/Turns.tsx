import type { Turn } from './useConversation.ts'

/** What was said, newest last; a screen reader hears each answer as it comes. */
export const Turns = ({ turns }: { turns: readonly Turn[] }) => (
  <div className="turns" role="log" aria-label="Conversation">
    {turns.map(({ id, question, answer }) => (
      <article key={id} className="turn">
        <p className="question">{question}</p>
        <p className="answer">{answer.text}</p>
        <p className="source">{answer.source}</p>
      </article>
    ))}
  </div>
)
