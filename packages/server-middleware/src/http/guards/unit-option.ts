import { unitByName } from '../../domain/catalog.ts'
import { BillingError } from '../../domain/errors.ts'
import type { HttpContext } from '../context.ts'

/** What a guard counts in; the default unit when it doesn't say. */
export type UnitOption<Unit extends string = string> = { unit?: Unit }

/** @throws BillingError `misconfigured`, when the guard is made and not when somebody comes */
export const countedIn = ({ deps: { catalog } }: HttpContext, { unit = catalog.unit }: UnitOption): string => {
  if (unitByName(catalog, unit)) return unit
  const known = Object.keys(catalog.units).join(', ')
  throw new BillingError('misconfigured', `A guard counts in ${unit}, and the catalog counts ${known}.`)
}
