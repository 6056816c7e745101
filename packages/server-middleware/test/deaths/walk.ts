import { isDeepStrictEqual } from 'node:util'
import type { End } from './end.ts'
import type { Theatre } from './theatre.ts'
import { Trial, type TrialOptions } from './trial.ts'

/** What was otherwise than if nobody had died. */
export type Deviation = { step: number | string; diedAt: string | null; end: End }

export type Walk = { expected: End; deaths: readonly string[]; deviation: Deviation | null }

/** Which of so many steps to die at, by their numbers or names. */
export type Choose = (steps: readonly string[]) => readonly (number | string)[]

/** Every step, and on until nobody dies any more. */
export const everyStep: Choose = ({ length }) => Array.from({ length: 2 * length }, (_, index) => index + 1)

/** One of the steps that change something, each time another; of the last ones a run may have fewer than the one before. */
export const anyChange: Choose = (steps) => {
  const changing = steps.flatMap((name, index) => (changes(name) ? [index + 1] : []))
  return [changing[Math.floor(Math.random() * 0.9 * changing.length)] ?? 1]
}

const changes = (name: string): boolean => /^(sent|told|(before|after) (insert|update|findAndModify)) /.test(name)

/** Goes one way undisturbed, then dies on it once at each of the chosen steps, until one ends otherwise. */
export const walk = async (theatre: Theatre, options: TrialOptions, choose: Choose): Promise<Walk> => {
  const { end: expected, steps } = await new Trial(theatre, options).run(null)
  const deaths: string[] = []
  for (const step of choose(steps)) {
    const { end, diedAt } = await new Trial(theatre, options).run(step)
    if (!isDeepStrictEqual(end, expected)) return { expected, deaths, deviation: { step, diedAt, end } }
    if (diedAt === null) break
    deaths.push(diedAt)
  }
  return { expected, deaths, deviation: null }
}
