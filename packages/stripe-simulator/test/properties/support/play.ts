import { alteredBills, billsOf } from './bills.ts'
import { deeds } from './commands.ts'
import type { Command } from './deed.ts'
import { illegalMoves, lostMoney, statusesOf } from './invariants.ts'
import { openAccount, refusable } from './open-account.ts'
import { openShop } from './shop.ts'

/** One command after the other in a new account, and after each of them what is wrong with it. */
export const playCommands = (commands: readonly Command[], check: (problems: string[], did: Command) => void): void => {
  const account = openAccount({ settings: { interchangePlus: true } })
  const shop = openShop(account)
  for (const given of commands) {
    const before = statusesOf(account.world)
    const bills = billsOf(account.world)
    refusable(() => deeds[given.name]?.(account, shop, given))
    const moves = illegalMoves(before, statusesOf(account.world))
    check([...moves, ...alteredBills(bills, billsOf(account.world)), ...lostMoney(account.world)], given)
  }
}
