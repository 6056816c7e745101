import { quietly } from '../lib/programs.ts'
import type { Selection } from './run-stages.ts'

/** The environment of everything that a run of stages starts. */
export const environmentOf = ({ isDeep }: Selection, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...quietly(env),
  ...(isDeep ? { PAYWRIGHT_TEST_DEEP: '1' } : {}),
})
