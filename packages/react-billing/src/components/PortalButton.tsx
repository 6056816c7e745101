import type { PortalRequest } from '@paywright/contract'
import type { ReactNode } from 'react'
import { usePortal } from '../hooks/usePortal.ts'
import { useText } from '../hooks/useText.ts'
import { DepartureButton } from './DepartureButton.tsx'

export type PortalButtonProps = PortalRequest & { children?: ReactNode; className?: string }

/**
 * Opens the provider's billing portal: cards, invoices, cancelling and coming back.
 *
 * @example <PortalButton flow="payment_method_update">Change card</PortalButton>
 */
export const PortalButton = ({ children, className = '', ...request }: PortalButtonProps) => {
  const { t } = useText()
  const portal = usePortal()
  return (
    <div className={`pw pw-portal ${className}`}>
      <DepartureButton departure={portal} onPress={() => portal.start(request)}>
        {children ?? t('openPortal')}
      </DepartureButton>
    </div>
  )
}
