import { AccountCredits } from '@paywright/react-billing'
import { lazy, Suspense } from 'react'

const TopUp = lazy(async () => ({ default: (await import('@paywright/react-billing/payment')).TopUp }))

type UsesPanelProps = { isBuying: boolean; onBuy: () => void; onPaid?: () => void }

/** What is left, and in its place the way to more: Stripe's form is fetched when somebody wants to pay. */
export const UsesPanel = ({ isBuying, onBuy, onPaid }: UsesPanelProps) => (
  <aside className="uses" aria-label="Uses">
    <AccountCredits className="card" {...(!isBuying && { onTopUp: onBuy })} />
    {isBuying && (
      <Suspense fallback={<div className="card till" />}>
        <TopUp className="card till" {...(onPaid && { onSuccess: onPaid })} />
      </Suspense>
    )}
  </aside>
)
