import type { Account } from '../../src/domain/account.ts'
import type { BillingStore } from '../../src/ports/store.ts'

/** A call to a part of a store, to be made again on another one. */
export type Call = { part: (typeof parts)[number]; method: string; input: readonly unknown[]; ref: string | null }

type Method = (...input: readonly unknown[]) => Promise<unknown>

const parts = ['accounts', 'purchases', 'checkouts'] as const

/** The same store, with every call to it that sets something up written down. */
export const remember = (store: BillingStore): { store: BillingStore; calls: readonly Call[] } => {
  const calls: Call[] = []
  const watch = (part: Call['part']) =>
    new Proxy(store[part], {
      get(target, method: string) {
        const work = Reflect.get(target, method) as Method
        return async (...input: readonly unknown[]) => {
          const answer = await work(...input)
          calls.push({ part, method, input: structuredClone(input), ref: refOf(method, answer) })
          return answer
        }
      },
    })
  const watched = Object.fromEntries(parts.map((part) => [part, watch(part)]))
  return { store: { ...store, ...watched }, calls }
}

/** Makes the calls again. A store names accounts as it likes: calls about an account are made about the new one. */
export const repeat = async (store: BillingStore, calls: readonly Call[]): Promise<void> => {
  const renamed = new Map<unknown, unknown>()
  for (const { part, method, input, ref } of calls) {
    const answer = await (Reflect.get(store[part], method) as Method)(...input.map((each) => rename(each, renamed)))
    if (ref !== null) renamed.set(ref, refOf(method, answer))
  }
}

const refOf = (method: string, answer: unknown): string | null => (method === 'ensure' ? (answer as Account).ref : null)

const rename = (value: unknown, names: ReadonlyMap<unknown, unknown>): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return names.get(value) ?? value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rename(each, names)]))
}
