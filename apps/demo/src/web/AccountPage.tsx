import { PortalButton, SubscriptionStatus } from '@paywright/react-billing'
import { useState } from 'react'
import { Heading } from './Heading.tsx'
import { Link } from './Link.tsx'
import { UsesPanel } from './UsesPanel.tsx'

export const AccountPage = () => {
  const [isBuying, setBuying] = useState(false)
  return (
    <div className="page page-split">
      <Heading>Account</Heading>
      <section className="stack" aria-labelledby="plan">
        <h2 id="plan">Plan</h2>
        <SubscriptionStatus className="card" returnPath="/account">
          <PortalButton returnPath="/account" />
          <Link to="/plans" className="pw-button">
            See the plans
          </Link>
        </SubscriptionStatus>
      </section>
      <section className="stack" aria-labelledby="uses">
        <h2 id="uses">Uses</h2>
        <UsesPanel isBuying={isBuying} onBuy={() => setBuying(true)} />
      </section>
    </div>
  )
}
