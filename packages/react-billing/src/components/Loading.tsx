type LoadingProps = { label: string; lines: number }

/** Holds the place of what is coming, at about its height. */
export const Loading = ({ label, lines }: LoadingProps) => (
  <div className="pw-loading" role="status">
    <span className="pw-unseen">{label}</span>
    {Array.from({ length: lines }, (_, line) => (
      <span key={line} className="pw-loading-line" aria-hidden="true" />
    ))}
  </div>
)
