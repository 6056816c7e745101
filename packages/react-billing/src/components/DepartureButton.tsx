import type { ReactNode } from 'react'
import { type DepartureState, isUnderWay } from '../hooks/useDeparture.ts'
import { useText } from '../hooks/useText.ts'
import type { PlainKey } from '../lib/messages.ts'
import { Button } from './Button.tsx'
import { Trouble } from './Trouble.tsx'

type DepartureButtonProps = {
  departure: DepartureState
  onPress: () => void
  kind?: 'primary' | 'secondary'
  failed?: PlainKey
  children: ReactNode
}

/** A button to one of the provider's pages; it says when it is under way, and why it didn't get there. */
export const DepartureButton = ({ departure, children, failed = 'portalFailed', ...button }: DepartureButtonProps) => {
  const { t } = useText()
  const busy = isUnderWay(departure)
  return (
    <>
      <Button {...button} busy={busy}>
        {busy ? t('opening') : children}
      </Button>
      {departure.state === 'failed' && <Trouble error={departure.error} otherwise={failed} />}
    </>
  )
}
