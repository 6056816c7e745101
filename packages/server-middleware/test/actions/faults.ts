import type { Deps } from '../../src/ports/deps.ts'
import type { PaymentProvider } from '../../src/ports/provider.ts'
import type { BillingStore } from '../../src/ports/store.ts'

/** When the process dies: before the call to the outside is made, or after it was made and before its answer is seen. */
export type Moment = 'before' | 'after'

export class Crash extends Error {}

type Counter = { calls: number; crashAt: number; moment: Moment }

/** The same dependencies, dying once, at the given call to a port. `crashed` says whether that call came. */
export const withCrash = (deps: Deps, crashAt: number, moment: Moment): { deps: Deps; crashed: () => boolean } => {
  const counter: Counter = { calls: 0, crashAt, moment }
  const provider = guard<PaymentProvider>(deps.provider, counter)
  const store = guardAll(deps.store, counter)
  return { deps: { ...deps, provider, store }, crashed: () => counter.calls >= crashAt }
}

const guardAll = (store: BillingStore, counter: Counter): BillingStore =>
  Object.fromEntries(
    Object.entries(store).map(([name, part]) => [
      name,
      typeof part === 'object' ? guard(part as object, counter) : part,
    ]),
  ) as unknown as BillingStore

const guard = <Port extends object>(port: Port, counter: Counter): Port =>
  new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return name === 'readFact' ? value.bind(target) : call(value.bind(target), counter)
    },
  })

const call =
  (method: (...input: unknown[]) => unknown, counter: Counter) =>
  async (...input: unknown[]) => {
    counter.calls += 1
    const dies = counter.calls === counter.crashAt
    if (dies && counter.moment === 'before') throw new Crash()
    const answer = await method(...input)
    if (dies) throw new Crash()
    return answer
  }
