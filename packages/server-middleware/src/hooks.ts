import type { Effect, EffectOf, EffectType } from './domain/event.ts'
import type { Notifier } from './ports/notifier.ts'

export type Hook<Type extends EffectType> = (effect: EffectOf<Type>) => void | Promise<void>

export type Hooks = {
  on<Type extends EffectType>(type: Type, hook: Hook<Type>): () => void
  notifier: Notifier
}

/** The host's ears. Hooks of a type run in the order they were added; one that throws makes the effect be told again. */
export const createHooks = (more: Notifier | null): Hooks => {
  const hooks = new Set<{ type: EffectType; run: (effect: Effect) => void | Promise<void> }>()
  return {
    on: (type, hook) => {
      const entry = { type, run: hook as (effect: Effect) => void | Promise<void> }
      hooks.add(entry)
      return () => void hooks.delete(entry)
    },
    notifier: {
      notify: async (effect) => {
        for (const { type, run } of hooks) if (type === effect.type) await run(effect)
        await more?.notify(effect)
      },
    },
  }
}
