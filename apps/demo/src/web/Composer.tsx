import { useCredits } from '@paywright/react-billing'
import type { FormEvent, KeyboardEvent } from 'react'
import type { Conversation } from './useConversation.ts'

const sentences: Record<Conversation['state'], string> = {
  idle: '',
  asking: 'Reading…',
  refused: 'That costs one use, and none is left. Buy some and ask again: your question stays here.',
  failed: 'The agent can’t be reached. Ask again in a moment: it costs one use, not two.',
}

export const Composer = ({ conversation }: { conversation: Conversation }) => {
  const { draft, state, canAsk, ask, write } = conversation
  const credits = useCredits()
  const isEmpty = credits.state === 'ready' && credits.value.available === 0
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
      <div className="composer-foot">
        <p id="reply-state" className="note" role="status" data-state={state}>
          {sentences[state]}
        </p>
        <button
          type="submit"
          className="pw-button"
          data-kind={isEmpty ? 'secondary' : 'primary'}
          aria-disabled={!canAsk}
        >
          Ask
        </button>
      </div>
    </form>
  )
}
