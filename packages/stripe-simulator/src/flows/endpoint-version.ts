import { notSimulated } from '../domain/failure.ts'
import { knownVersions } from '../domain/versions.ts'

/** A version that an endpoint's events can be rendered in; any other of Stripe's is refused by name. */
export const checkedVersion = (version: string): string => {
  if (knownVersions.includes(version)) return version
  throw notSimulated(
    `webhook endpoints of API version ${version}, only of ${knownVersions.join(' and ')}`,
    'api_version',
  )
}
