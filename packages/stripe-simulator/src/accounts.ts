import type { Journal } from './store/journal.ts'
import { createStore, type StoredObjects } from './store/store.ts'
import { type Accounts, type Commons, createWorld, type World } from './world.ts'

export interface AccountsParts {
  /** The platform's own account: `acct_…`. */
  readonly platform: string
  readonly commons: Commons
  readonly journal: Journal
}

export interface OpenAccounts extends Accounts {
  /** What the connected accounts consist of, by their ids. */
  objects(): Readonly<Record<string, StoredObjects>>
  restore(objects: Readonly<Record<string, StoredObjects>>): void
}

/** The platform's world, and one for each account that is connected to it. */
export const createAccounts = ({ platform: own, commons, journal }: AccountsParts): OpenAccounts => {
  const worlds = new Map<string, World>()
  const worldOf = (account: string): World => createWorld({ account, accounts, commons, store: createStore(journal) })
  const open = (account: string): World => {
    const world = worldOf(account)
    worlds.set(account, world)
    return world
  }
  const connected = (account: string): World | undefined => {
    const known = platform.store.get('account', account)
    return known && known.deleted !== true ? worlds.get(account) : undefined
  }
  const all = (): World[] => [platform, ...worlds.values()]
  const accounts: OpenAccounts = {
    get platform() {
      return platform
    },
    open,
    connected,
    all,
    holding: (id) => all().find((world) => world.store.byId(id) !== undefined) ?? platform,
    objects: () => Object.fromEntries([...worlds].map(([account, { store }]) => [account, store.objects()])),
    restore: (objects) => {
      worlds.clear()
      for (const [account, found] of Object.entries(objects)) open(account).store.restore(found)
    },
  }
  const platform = worldOf(own)
  return accounts
}
