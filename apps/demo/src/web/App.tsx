import { BillingProvider, CheckoutReturn } from '@paywright/react-billing'
import { en } from '@paywright/react-billing/messages/en'
import { Pages } from './Pages.tsx'
import { Shell } from './Shell.tsx'
import { useSession } from './useSession.ts'

const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

export const App = () => {
  const { person, enter, leave } = useSession()
  if (person === undefined) return null
  return (
    <BillingProvider
      baseUrl="/billing"
      messages={en}
      key={person?.accountId ?? 'visitor'}
      locale="en-US"
      timeZone={timeZone}
    >
      <Shell person={person} onLeave={leave}>
        {person && <CheckoutReturn className="news" />}
        <Pages isSignedIn={person !== null} onEnter={enter} />
      </Shell>
    </BillingProvider>
  )
}
