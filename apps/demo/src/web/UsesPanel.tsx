import { AccountCredits } from '@paywright/react-billing'
import { Till } from './Till.tsx'

type UsesPanelProps = { isBuying: boolean; onBuy: () => void; onPaid?: () => void }

/** What is left, and below it the way to more. */
export const UsesPanel = ({ isBuying, onBuy, onPaid }: UsesPanelProps) => (
  <aside className="uses" aria-label="Uses">
    <AccountCredits className="card" {...(!isBuying && { onTopUp: onBuy })} />
    {isBuying && <Till onPaid={onPaid} />}
  </aside>
)
