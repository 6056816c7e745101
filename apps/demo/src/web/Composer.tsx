import type { FormEvent, KeyboardEvent } from 'react'
import type { Conversation } from './useConversation.ts'

const suggestions = [
  'When does the working day begin?',
  'What does it cost to paint a hull?',
  'What happened on 14 March?',
]

const sentences: Record<Conversation['state'], string> = {
  idle: '',
  asking: 'Reading…',
  refused: 'That costs one use, and none is left. Top up and ask again: your question stays here.',
  failed: 'The agent can’t be reached, and nothing was charged twice. Ask again in a moment.',
}

export const Composer = ({ conversation }: { conversation: Conversation }) => {
  const { draft, state, turns, ask, write } = conversation
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask(draft)
  }
  const submitOnEnter = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event)
  }
  return (
    <form className="card composer" onSubmit={submit}>
      <label htmlFor="question">Your question</label>
      <textarea
        id="question"
        rows={2}
        maxLength={500}
        value={draft}
        onChange={(event) => write(event.target.value)}
        onKeyDown={submitOnEnter}
        aria-describedby="reply-state"
      />
      {turns.length === 0 && state === 'idle' && draft === '' && (
        <ul className="suggestions" aria-label="Questions to begin with">
          {suggestions.map((suggestion) => (
            <li key={suggestion}>
              <button type="button" className="pw-button small" onClick={() => ask(suggestion)}>
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="composer-foot">
        <p id="reply-state" className="note" role="status" data-state={state}>
          {sentences[state]}
        </p>
        <button type="submit" className="pw-button" data-kind="primary" aria-disabled={state === 'asking'}>
          Ask
        </button>
      </div>
    </form>
  )
}
