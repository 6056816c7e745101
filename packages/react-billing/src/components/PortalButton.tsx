import type { PortalRequest } from '@paywright/contract'
import type { ReactNode } from 'react'
import { isUnderWay } from '../hooks/useDeparture.ts'
import { usePortal } from '../hooks/usePortal.ts'
import { useText } from '../hooks/useText.ts'
import { Button } from './Button.tsx'
import { Trouble } from './Trouble.tsx'

export type PortalButtonProps = PortalRequest & { children?: ReactNode; className?: string }

/**
 * Opens the provider's billing portal: cards, invoices, cancelling and coming back.
 *
 * @example <PortalButton flow="payment_method_update">Change card</PortalButton>
 */
export const PortalButton = ({ children, className = '', ...request }: PortalButtonProps) => {
  const { t } = useText()
  const portal = usePortal()
  const busy = isUnderWay(portal)
  return (
    <div className={`pw pw-portal ${className}`}>
      <Button busy={busy} onPress={() => portal.start(request)}>
        {busy ? t('opening') : (children ?? t('openPortal'))}
      </Button>
      {portal.state === 'failed' && <Trouble error={portal.error} otherwise="portalFailed" />}
    </div>
  )
}
