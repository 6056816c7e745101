import type { ReactNode } from 'react'

type ButtonProps = {
  children: ReactNode
  onPress?: () => void
  kind?: 'primary' | 'secondary'
  /** It keeps the focus and its name, and does nothing. */
  busy?: boolean
  type?: 'button' | 'submit'
  describedBy?: string | undefined
}

export const Button = ({
  children,
  onPress,
  kind = 'secondary',
  busy = false,
  type = 'button',
  describedBy,
}: ButtonProps) => (
  <button
    type={type}
    className="pw-button"
    data-kind={kind}
    data-busy={busy || undefined}
    aria-disabled={busy || undefined}
    aria-describedby={describedBy}
    onClick={(event) => {
      if (busy) event.preventDefault()
      else onPress?.()
    }}
  >
    {children}
  </button>
)
