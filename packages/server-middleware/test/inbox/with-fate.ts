import type { Deps } from '../../src/ports/deps.ts'
import type { Fate } from '../ledger/model/fate.ts'

type Method = (...input: readonly unknown[]) => unknown
type Life = { isOver: boolean }

/** The same dependencies for a process whose every call waits until fate lets it go out, and come back, or never. */
export const withFate = (deps: Deps, fate: Fate): { deps: Deps; kill: () => void } => {
  const life = { isOver: false }
  const port = <Port extends object>(target: Port): Port =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name)
        if (typeof value !== 'function') return value
        const method = value.bind(object) as Method
        return name === 'readFact'
          ? method
          : (...input: readonly unknown[]) => travel(fate, life, () => method(...input))
      },
    })
  const store = Object.fromEntries(
    Object.entries(deps.store).map(([name, part]) => [name, typeof part === 'object' ? port(part as object) : part]),
  )
  return {
    deps: {
      ...deps,
      provider: port(deps.provider),
      store: store as unknown as Deps['store'],
      listener: port(deps.listener),
    },
    kill: () => {
      life.isOver = true
    },
  }
}

/** One for each who waits: a common one would remember them all. */
const never = () => new Promise<never>(() => undefined)

const travel = async (fate: Fate, life: Life, call: () => unknown): Promise<unknown> => {
  await wait(fate)
  if (life.isOver) return never()
  const answer = await call()
  await (fate.happens(0.02) ? fate.lag() : wait(fate))
  return life.isOver ? never() : answer
}

const wait = async (fate: Fate): Promise<void> => {
  const turns = fate.happens(0.02) ? 60 : 1
  for (let turn = 0; turn < turns; turn += 1) await fate.turn()
}
