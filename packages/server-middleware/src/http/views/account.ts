import type { Account, NamedAccount } from '@paywright/contract'
import type { AccountStatus } from '../../actions/read-status.ts'
import type { Deps } from '../../ports/deps.ts'
import { toTimestamp } from './timestamp.ts'

/** An account as the service that named it sees it. */
export const toAccount = ({ catalog }: Deps, { account, plan }: AccountStatus, name: NamedAccount): Account => ({
  accountId: account.accountId,
  oauthProvider: name.oauthProvider,
  externalId: name.externalId,
  customerEmail: account.email,
  planName: plan.name,
  currency: catalog.currency,
  createdAt: toTimestamp(account.createdAt),
})
