import { type PlanChoice, PricingTable } from '@paywright/react-billing'
import { Heading } from './Heading.tsx'
import { goTo } from './usePath.ts'

export const PlansPage = ({ isSignedIn }: { isSignedIn: boolean }) => {
  const choose = ({ interval }: PlanChoice): boolean => {
    const isFree = interval === null
    if (isFree || !isSignedIn) goTo('/')
    return isFree || !isSignedIn
  }
  return (
    <div className="page page-wide">
      <Heading>Plans and prices</Heading>
      <p className="lead">Change or cancel whenever you like. Questions you have paid for never expire.</p>
      <PricingTable returnPath="/account" onChoose={choose} />
    </div>
  )
}
