import type { Credits, Status } from '@paywright/contract'
import type { Loadable } from './loadable.ts'
import { useStatusPart } from './useStatus.ts'

const creditsOf = (status: Status) => status.credits

/** The account's credits, by kind and by grant. */
export const useCredits = (): Loadable<Credits> => useStatusPart(creditsOf)
