import type { Appearance } from '@stripe/stripe-js'

type Variables = NonNullable<Appearance['variables']>

const themes: Readonly<Record<NonNullable<Appearance['theme']>, Variables>> = {
  stripe: { colorPrimary: '#0f62d6', colorBackground: '#ffffff', colorText: '#1f2328', colorDanger: '#b3261e' },
  flat: { colorPrimary: '#0f62d6', colorBackground: '#f1f3f5', colorText: '#1f2328', colorDanger: '#b3261e' },
  night: { colorPrimary: '#85b7ff', colorBackground: '#1f242b', colorText: '#e8eaed', colorDanger: '#ff9a92' },
}

const shared: Variables = {
  borderRadius: '8px',
  fontFamily: 'system-ui, sans-serif',
  fontSizeBase: '16px',
  spacingUnit: '4px',
}

const honoured = [
  'colorPrimary',
  'colorBackground',
  'colorText',
  'colorDanger',
  'borderRadius',
  'fontFamily',
  'fontSizeBase',
  'spacingUnit',
] as const

/** Unless the host sets them, they follow from the others. */
const derived = [
  'colorTextSecondary',
  'colorTextPlaceholder',
  'fontLineHeight',
  'fontSizeSm',
  'fontWeightMedium',
  'fontWeightNormal',
  'gridColumnSpacing',
  'gridRowSpacing',
] as const

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Stripe's appearance as custom properties of the form: theme first, the host's variables over it. */
export const applyAppearance = (root: HTMLElement, appearance: Appearance = {}): void => {
  const theme = appearance.theme ?? 'stripe'
  const variables = { ...shared, ...themes[theme], ...appearance.variables }
  root.setAttribute('data-theme', theme)
  root.setAttribute('data-inputs', appearance.inputs ?? 'spaced')
  root.toggleAttribute('data-still', appearance.disableAnimations ?? false)
  for (const name of [...honoured, ...derived]) root.style.setProperty(`--sim-${kebab(name)}`, variables[name] ?? '')
}
