import type { ObjectName } from '../../../src/domain/objects/all.ts'
import type { OpenAccount } from './open-account.ts'
import type { Shop } from './shop.ts'

/** Something that a server, a customer, a bank or time does. `pick` chooses among what is there. */
export interface Command {
  readonly name: string
  readonly pick: number
  readonly amount: number
}

export type Deed = (account: OpenAccount, shop: Shop, given: Command) => void

export const one = <T>(values: readonly T[], index: number): T | undefined => values[index % Math.max(values.length, 1)]

export const idOf = (account: OpenAccount, name: ObjectName, pick: number): string =>
  String(one(account.world.store.all(name), pick)?.id ?? `${name}_none`)

export const post =
  (name: ObjectName, path: string, input: (shop: Shop, given: Command) => Record<string, unknown> = () => ({})): Deed =>
  (account, shop, given) => {
    account.call(`POST /v1/${path.replace('{id}', idOf(account, name, given.pick))}`, input(shop, given))
  }
