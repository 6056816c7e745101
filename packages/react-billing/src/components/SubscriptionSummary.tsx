import type { Due, Status, Subscription } from '@paywright/contract'
import type { ReactNode } from 'react'
import { useText } from '../hooks/useText.ts'
import { FixButton } from './FixButton.tsx'
import { subscriptionPrice, summarize } from './subscription-summary.ts'

type SubscriptionSummaryProps = {
  plan: Status['plan']
  subscription: Subscription | null
  due: Due | null
  returnPath: string | undefined
  children: ReactNode
}

export const SubscriptionSummary = ({ plan, subscription, due, returnPath, children }: SubscriptionSummaryProps) => {
  const { t, date } = useText()
  const summary = subscription && summarize({ subscription, due, t, date })
  const hasActions = Boolean(summary?.fix) || Boolean(children)
  return (
    <div className="pw-subscription-body" data-situation={summary?.situation ?? 'none'}>
      <div className="pw-subscription-head">
        <h3 className="pw-subscription-plan">{subscription?.planName ?? plan.name}</h3>
        {summary && <span className="pw-badge">{t(`status_${summary.situation}`)}</span>}
      </div>
      {subscription && <SubscriptionTerms subscription={subscription} />}
      <p className="pw-subscription-sentence">{summary?.sentence ?? t('noSubscription')}</p>
      {due?.amount && <p className="pw-subscription-due">{t('amountDue', { amount: due.amount.formatted })}</p>}
      {hasActions && (
        <div className="pw-actions">
          {summary?.fix && <FixButton fix={summary.fix} returnPath={returnPath} />}
          {children}
        </div>
      )}
    </div>
  )
}

const SubscriptionTerms = ({ subscription }: { subscription: Subscription }) => {
  const { t } = useText()
  const seats = subscription.quantity > 1 && t('seats', { count: subscription.quantity })
  const terms = [subscriptionPrice(subscription, t), seats].filter(Boolean)
  return terms.length > 0 && <p className="pw-subscription-terms">{terms.join(' · ')}</p>
}
