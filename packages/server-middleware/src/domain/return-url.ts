import { BillingError } from './errors.ts'

/**
 * A path of the host's site as an absolute URL on the first trusted origin; an absolute URL passes when its origin is
 * trusted. Anything else is refused: a return address must not lead away from the host.
 *
 * @throws BillingError `invalid_request`
 */
export const toReturnUrl = (path: string, trustedOrigins: readonly string[]): URL => {
  const home = trustedOrigins[0]
  const url = home === undefined ? null : parse(path, home)
  if (url && trustedOrigins.includes(url.origin) && !url.username && !url.password) return url
  throw new BillingError(
    'invalid_request',
    'returnPath leads away from this site: send a path that begins with a slash.',
    {
      details: { fields: [{ path: 'returnPath', message: 'must be a path on a trusted origin, such as /account' }] },
    },
  )
}

const parse = (path: string, home: string): URL | null => (URL.canParse(path, home) ? new URL(path, home) : null)

/** The URL with more query parameters; values that hold a `{PLACEHOLDER}` keep its braces, for the provider to fill in. */
export const withQuery = (url: URL, query: Readonly<Record<string, string>>): string => {
  const result = new URL(url)
  for (const [name, value] of Object.entries(query)) result.searchParams.set(name, value)
  return result.toString().replaceAll('%7B', '{').replaceAll('%7D', '}')
}
