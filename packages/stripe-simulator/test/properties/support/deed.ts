import type { OpenAccount } from './open-account.ts'
import type { Shop } from './shop.ts'

/** Something that a server, a customer, a bank or time does. `pick` chooses among what is there. */
export interface Command {
  readonly name: string
  readonly pick: number
  readonly amount: number
}

export type Deed = (account: OpenAccount, shop: Shop, given: Command) => void
