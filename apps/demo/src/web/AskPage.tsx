import { Beginning } from './Beginning.tsx'
import { Composer } from './Composer.tsx'
import { Heading } from './Heading.tsx'
import { Turns } from './Turns.tsx'
import { UsesPanel } from './UsesPanel.tsx'
import type { Conversation } from './useConversation.ts'

type AskPageProps = { conversation: Conversation }

export const AskPage = ({ conversation }: AskPageProps) => (
  <div className="page page-split ask">
    <Heading>Ask the agent</Heading>
    <UsesPanel isBuying={conversation.isBuying} onBuy={conversation.buy} onPaid={conversation.goOn} />
    <div className="talk">
      {conversation.turns.length === 0 && <Beginning onAsk={conversation.ask} />}
      <Turns turns={conversation.turns} />
      <Composer conversation={conversation} />
    </div>
  </div>
)
