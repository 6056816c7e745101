const codes = [
  ...['AT', 'AU', 'BE', 'BR', 'CA', 'CH', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'GR', 'HK', 'HU', 'IE', 'IN'],
  ...['IT', 'JP', 'KR', 'LU', 'MX', 'NL', 'NO', 'NZ', 'PL', 'PT', 'RO', 'SE', 'SG', 'SI', 'SK', 'US', 'ZA'],
]

const names = new Intl.DisplayNames(['en'], { type: 'region' })

/** Countries by their names, after the choice that is still to be made. */
export const countryOptions: readonly (readonly [string, string])[] = [
  ['', 'Choose one'],
  ...codes
    .map((code) => [code, names.of(code) ?? code] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, 'en')),
]
