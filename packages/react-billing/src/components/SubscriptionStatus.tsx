import type { Status } from '@paywright/contract'
import type { ReactNode } from 'react'
import { useStatusPart } from '../hooks/useStatus.ts'
import { useText } from '../hooks/useText.ts'
import { Loading } from './Loading.tsx'
import { SubscriptionSummary } from './SubscriptionSummary.tsx'
import { Trouble } from './Trouble.tsx'

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
      {status.state === 'loading' && <Loading label={t('subscriptionLoading')} lines={3} />}
      {status.state === 'error' && (
        <Trouble error={status.error} otherwise="subscriptionFailed" onRetry={status.retry} />
      )}
      {status.state === 'ready' && (
        <SubscriptionSummary {...status.value} returnPath={returnPath}>
          {children}
        </SubscriptionSummary>
      )}
    </section>
  )
}
