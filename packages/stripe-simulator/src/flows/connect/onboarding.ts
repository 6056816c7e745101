import type { AccountLink } from '../../domain/objects/connect.ts'
import type { Onboarding } from '../../simulator-core.ts'
import type { World } from '../../world.ts'
import { onboardAccount } from './accounts.ts'

const linkOf = (world: World, id: string): AccountLink | undefined => world.store.get('account_link', id)

/** What a link leads to. It is good for one visit: after that it leads back to the platform, for another one. */
export const visitLink = (world: World, id: string): Onboarding | undefined => {
  const link = linkOf(world, id)
  if (!link) return undefined
  const account = world.store.get('account', link.$account)
  if (!account || account.deleted === true || link.$visited === true || world.now() >= link.expires_at) {
    return { status: 'spent', refreshUrl: link.$refreshUrl }
  }
  world.update(link, { $visited: true })
  return { status: 'open', accountId: account.id, due: account.requirements.currently_due }
}

/** Whoever was sent here has told all, or leaves as they came. Either way they go back to the platform. */
export const leaveOnboarding = (world: World, id: string, told: boolean): { readonly redirectUrl: string } => {
  const link = world.need('account_link', id, { status: 404 })
  if (told) onboardAccount(world, world.need('account', link.$account, { status: 404 }))
  return { redirectUrl: link.$returnUrl }
}
