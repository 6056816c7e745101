import { ensureAccount } from '../../src/actions/ensure-account.ts'
import { ensureCustomer } from '../../src/actions/ensure-customer.ts'
import type { Account } from '../../src/domain/account.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { alice, type Bench, openBench } from './deps.ts'

export type Billed = Bench & { account: Account; providerCustomerId: string }

/** Alice is a customer of the bank. */
export const openBilled = async (): Promise<Billed> => {
  const bench = openBench()
  const account = await ensureAccount(bench.deps, alice)
  return { ...bench, account, providerCustomerId: await ensureCustomer(bench.deps, account) }
}

/** She has this subscription there. */
export const subscribeAt = ({ bank, providerCustomerId }: Billed, id: string, changes: Partial<Subscription> = {}) =>
  bank.bills({
    providerSubscriptionId: id,
    providerCustomerId,
    items: [
      {
        providerItemId: `item_${id}`,
        providerPriceId: 'price_1',
        priceKey: 'growth_monthly',
        quantity: 1,
        amountMinor: 7900,
        interval: 'month',
      },
    ],
    ...changes,
  })

export const keysOf = ({ told }: Bench, type: string): readonly string[] =>
  told.filter((effect) => effect.type === type).map(({ key }) => key)
