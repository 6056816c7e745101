import type { Status } from '@paywright/contract'
import type { ReactNode } from 'react'
import { useStatusPart } from '../hooks/useStatus.ts'
import { useText } from '../hooks/useText.ts'
import { Loaded } from './Loaded.tsx'
import { SubscriptionSummary } from './SubscriptionSummary.tsx'

export type SubscriptionStatusProps = {
  /** Where the portal comes back to; default where the host's router says. */
  returnPath?: string
  /** What else can be done: a `PortalButton`, a link to the plans. */
  children?: ReactNode
  className?: string
}

const partOf = ({ plan, subscription, due }: Status) => ({ plan, subscription, due })

/**
 * Which plan the account is on, what happens next, and what has to be done.
 *
 * @example <SubscriptionStatus><PortalButton /></SubscriptionStatus>
 */
export const SubscriptionStatus = ({ className = '', returnPath, children }: SubscriptionStatusProps) => {
  const { t } = useText()
  const status = useStatusPart(partOf)
  return (
    <section className={`pw pw-subscription ${className}`} aria-label={t('subscription')} data-state={status.state}>
      <Loaded of={status} loading="subscriptionLoading" lines={3} failed="subscriptionFailed">
        {(value) => (
          <SubscriptionSummary {...value} returnPath={returnPath}>
            {children}
          </SubscriptionSummary>
        )}
      </Loaded>
    </section>
  )
}
