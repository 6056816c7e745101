import type { ObjectName, StripeObjects } from '../domain/objects/all.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import type { Journal } from './journal.ts'

export type StoredObjects = Readonly<Record<string, readonly StripeObject[]>>

export interface Store {
  get<N extends ObjectName>(name: N, id: string): StripeObjects[N] | undefined
  /** Oldest first. */
  all<N extends ObjectName>(name: N): StripeObjects[N][]
  /** Any object by its id, whatever it is. */
  byId(id: string): StripeObject | undefined
  put(object: StripeObject): void
  remove(id: string): void
  /** Forgets the oldest objects of this name, but for so many. */
  trim(name: ObjectName, keep: number): void
  objects(): StoredObjects
  restore(objects: StoredObjects): void
}

/** Objects in memory. They are immutable: a change is a new object under the same id. */
export const createStore = (journal: Journal): Store => {
  const shelves = new Map<string, Map<string, StripeObject>>()
  const nameOf = new Map<string, string>()

  const shelf = (name: string): Map<string, StripeObject> => {
    const found = shelves.get(name) ?? new Map<string, StripeObject>()
    shelves.set(name, found)
    return found
  }
  const byId = (id: string): StripeObject | undefined => shelves.get(nameOf.get(id) ?? '')?.get(id)
  const write = (id: string, object: StripeObject | undefined): void => {
    if (object) {
      shelf(object.object).set(id, object)
      nameOf.set(id, object.object)
      return
    }
    shelves.get(nameOf.get(id) ?? '')?.delete(id)
    nameOf.delete(id)
  }
  const change = (id: string, object: StripeObject | undefined): void => {
    const before = byId(id)
    journal.record(() => write(id, before))
    write(id, object)
  }
  return {
    byId,
    get: (name, id) => shelf(name).get(id) as StripeObjects[typeof name] | undefined,
    all: (name) => [...shelf(name).values()] as StripeObjects[typeof name][],
    put: (object) => change(object.id, object),
    remove: (id) => change(id, undefined),
    trim: (name, keep) => {
      const ids = shelf(name).keys()
      for (let excess = shelf(name).size - keep; excess > 0; excess -= 1) change(String(ids.next().value), undefined)
    },
    objects: () => Object.fromEntries([...shelves].map(([name, found]) => [name, [...found.values()]])),
    restore: (objects) => {
      shelves.clear()
      nameOf.clear()
      for (const object of Object.values(objects).flat()) write(object.id, object)
    },
  }
}
