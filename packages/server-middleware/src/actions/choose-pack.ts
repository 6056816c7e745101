import { onlyPack, type PackDefinition, packById } from '../domain/catalog.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'

/** The pack of that id; without one, the only pack there is. */
export const choosePack = ({ catalog }: Deps, packId: string | null): PackDefinition => {
  const pack = packId === null ? onlyPack(catalog) : packById(catalog, packId)
  if (pack) return pack
  const known = Object.keys(catalog.packs).join(', ')
  const message = packId === null ? `say which pack: ${known}` : `there is no pack ${packId}: choose one of ${known}`
  throw new BillingError('invalid_request', `Nothing was bought: ${message}.`, {
    details: { fields: [{ path: 'packId', message }] },
  })
}
