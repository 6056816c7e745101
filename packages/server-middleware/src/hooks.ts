import type { Effect, EffectOf, EffectType } from './domain/event.ts'
import type { Listener } from './ports/listener.ts'

export type Hook<Type extends EffectType> = (effect: EffectOf<Type>) => void | Promise<void>

export type Hooks = {
  on<Type extends EffectType>(type: Type, hook: Hook<Type>): () => void
  listener: Listener
}

/**
 * The host's ears. Hooks of a type run in the order they were added, each when the one before is done. One that throws
 * keeps none of the others from hearing, and makes the effect be told again, to all of them.
 */
export const createHooks = (): Hooks => {
  const hooks = new Set<{ type: EffectType; run: (effect: Effect) => void | Promise<void> }>()
  return {
    on: (type, hook) => {
      const entry = { type, run: hook as (effect: Effect) => void | Promise<void> }
      hooks.add(entry)
      return () => void hooks.delete(entry)
    },
    listener: {
      async hear(effect) {
        const failures: unknown[] = []
        for (const { type, run } of hooks) if (type === effect.type) await attempt(() => run(effect), failures)
        if (failures.length > 0) throw failures[0]
      },
    },
  }
}

const attempt = async (work: () => void | Promise<void>, failures: unknown[]): Promise<void> => {
  try {
    await work()
  } catch (error) {
    failures.push(error)
  }
}
