import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'

/** A hold as callers know it. Each unit's book numbers its own, so the unit goes along, but for the default one. */
export const toHoldId = ({ catalog }: Deps, unit: string, id: string): string =>
  unit === catalog.unit ? id : `${unit}.${id}`

/**
 * Which hold of which book a caller means.
 *
 * @throws BillingError `invalid_request` when nothing is counted in its unit
 */
export const fromHoldId = (deps: Deps, holdId: string): { unit: string; holdId: string } => {
  const dot = holdId.lastIndexOf('.')
  if (dot < 0) return { unit: deps.catalog.unit, holdId }
  return { unit: chooseUnit(deps, holdId.slice(0, dot)), holdId: holdId.slice(dot + 1) }
}
