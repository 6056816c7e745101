import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { AccountLink } from '../../domain/objects/connect.ts'
import type { World } from '../../world.ts'
import { refuseUnlessPlatform } from './accounts.ts'

export interface LinkInput {
  readonly account?: string
  readonly refresh_url?: string
  readonly return_url?: string
  readonly type?: string
}

const lastingSeconds = 300

const refuseUpdate = (type: string | undefined, collection: string | undefined): void => {
  if (type !== 'account_update' || collection === 'application') return
  throw invalidRequest(
    'You cannot create `account_update` type Account Links for this account. Only `account_onboarding` is allowed where Stripe collects the requirements.',
    { param: 'type' },
  )
}

const urlOf = (input: LinkInput, param: 'refresh_url' | 'return_url'): string => {
  const url = input[param]
  if (url === undefined) throw missingParam(param)
  if (!URL.canParse(url)) throw invalidRequest('Not a valid URL', { code: 'url_invalid', param })
  return url
}

/** Where whoever the account belongs to is sent to tell about it: once, and soon. */
export const createAccountLink = (world: World, input: LinkInput): Omit<AccountLink, 'id'> => {
  refuseUnlessPlatform(world)
  const account = world.need('account', input.account ?? '', { param: 'account' })
  refuseUpdate(input.type, (account.controller as { readonly requirement_collection?: string }).requirement_collection)
  const id = world.ids.next('account_link')
  const made = world.insert('account_link', {
    id,
    expires_at: world.now() + lastingSeconds,
    url: world.url(`/_simulator/onboarding/${id}`),
    $account: account.id,
    $refreshUrl: urlOf(input, 'refresh_url'),
    $returnUrl: urlOf(input, 'return_url'),
  })
  const { object, created, expires_at, url } = made
  return { object, created, expires_at, url }
}
