/** `never` takes any handler: which event it gets is its type's own business. */
export type Listener = (event: never) => void

export interface Emitter {
  on(type: string, listener: Listener): void
  once(type: string, listener: Listener): void
  /** Safe at any time; without a listener, all of that type go. */
  off(type: string, listener?: Listener): void
  has(type: string): boolean
  /** Later, never at once: React attaches its listeners after it has mounted an element. */
  emit(type: string, event?: object): void
  silence(): void
}

export const createEmitter = (): Emitter => {
  const listeners = new Map<string, Map<Listener, { readonly once: boolean }>>()

  const off: Emitter['off'] = (type, listener) => {
    if (listener) listeners.get(type)?.delete(listener)
    else listeners.delete(type)
  }
  const add = (type: string, listener: Listener, once: boolean): void => {
    listeners.set(type, (listeners.get(type) ?? new Map()).set(listener, { once }))
  }
  const tell = (type: string, event: object): void => {
    for (const [listener, { once }] of [...(listeners.get(type) ?? [])]) {
      if (once) off(type, listener)
      listener(event as never)
    }
  }
  return {
    on: (type, listener) => add(type, listener, false),
    once: (type, listener) => add(type, listener, true),
    off,
    has: (type) => (listeners.get(type)?.size ?? 0) > 0,
    emit: (type, event = {}) => queueMicrotask(() => tell(type, event)),
    silence: () => listeners.clear(),
  }
}
