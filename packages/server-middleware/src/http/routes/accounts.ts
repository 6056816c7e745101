import { createAccount } from '../../actions/create-account.ts'
import { readStatus } from '../../actions/read-status.ts'
import { requireTerms } from '../catalog-terms.ts'
import { defineRoute } from '../define-route.ts'
import { account, createAccountRequest } from '../schemas/accounts.ts'
import { toAccount } from '../views/account.ts'

export const createAccountRoute = defineRoute({
  name: 'createAccount',
  asks: 'service',
  body: createAccountRequest,
  reply: account,
  keyed: 'answers',
  async run({ deps, identity, body }) {
    requireTerms(deps.catalog, body)
    const { initialBalanceMinor = 0 } = body
    await createAccount(deps, { identity, initialBalanceMinor })
    return toAccount(deps, await readStatus(deps, { identity }), body)
  },
})
