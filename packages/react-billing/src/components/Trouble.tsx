import { useText } from '../hooks/useText.ts'
import type { PlainKey } from '../lib/messages.ts'
import { Button } from './Button.tsx'

type TroubleProps = { error: unknown; otherwise: PlainKey; onRetry?: () => unknown }

/** A sentence with the next step in it. */
export const Trouble = ({ error, otherwise, onRetry }: TroubleProps) => {
  const { t, trouble } = useText()
  return (
    <div className="pw-trouble" role="alert">
      <p className="pw-trouble-text">{trouble(error, otherwise)}</p>
      {onRetry && <Button onPress={() => onRetry()}>{t('retry')}</Button>}
    </div>
  )
}
