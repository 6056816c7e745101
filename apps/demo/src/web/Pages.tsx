import { AccountPage } from './AccountPage.tsx'
import { AskPage } from './AskPage.tsx'
import { Heading } from './Heading.tsx'
import { Link } from './Link.tsx'
import { PlansPage } from './PlansPage.tsx'
import { SignInPage } from './SignInPage.tsx'
import { useConversation } from './useConversation.ts'
import { usePath } from './usePath.ts'

type PagesProps = { isSignedIn: boolean; onEnter: (name: string) => Promise<void> }

export const Pages = ({ isSignedIn, onEnter }: PagesProps) => {
  const path = usePath()
  if (path === '/plans') return <PlansPage isSignedIn={isSignedIn} />
  return isSignedIn ? <OwnPages path={path} /> : <SignInPage onEnter={onEnter} />
}

/** The conversation lives here, so that a look at the account doesn't end it. */
const OwnPages = ({ path }: { path: string }) => {
  const conversation = useConversation()
  if (path === '/account') return <AccountPage />
  return path === '/' ? <AskPage conversation={conversation} /> : <NowhereToBeFound />
}

const NowhereToBeFound = () => (
  <div className="page">
    <Heading>There is no such page</Heading>
    <p>
      <Link to="/">Ask the agent</Link>
    </p>
  </div>
)
