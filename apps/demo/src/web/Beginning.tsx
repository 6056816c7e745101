const suggestions = [
  'When does the working day begin?',
  'What does it cost to paint a hull?',
  'What happened on 14 March?',
]

/** What stands where a conversation will be. */
export const Beginning = ({ onAsk }: { onAsk: (question: string) => void }) => (
  <div className="beginning">
    <p className="lead">
      The agent has read the boatyard’s papers. A question costs one use; the first three are free.
    </p>
    <ul className="suggestions" aria-label="Questions to begin with">
      {suggestions.map((suggestion) => (
        <li key={suggestion}>
          <button type="button" className="pw-button small" onClick={() => onAsk(suggestion)}>
            {suggestion}
          </button>
        </li>
      ))}
    </ul>
  </div>
)
