import { unitByName } from '../domain/catalog.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'

/**
 * The unit of that name; without one, the default.
 *
 * @throws BillingError `invalid_request`, naming those that there are
 */
export const chooseUnit = ({ catalog }: Deps, unit: string = catalog.unit): string => {
  if (unitByName(catalog, unit)) return unit
  const names = Object.keys(catalog.units)
  const message = names.length === 1 ? `must be ${names[0]}` : `must be one of ${names.join(', ')}`
  throw new BillingError('invalid_request', `Nothing is counted in ${unit}: unit ${message}.`, {
    details: { fields: [{ path: 'unit', message }] },
  })
}
