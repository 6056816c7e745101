import type { Appearance } from '@stripe/stripe-js'
import type { StripeAppearance } from '../provider/billing-context.ts'

/** Reads a token as the browser resolves it where the form stands: `'--pw-accent'` → `'rgb(79, 70, 229)'`. */
export type ReadToken = (name: `--pw-${string}`) => string

export type AppearanceInput = {
  color: ReadToken
  length: ReadToken
  fontFamily: string
  isDark: boolean
  overrides: StripeAppearance | null
}

/** The kit's tokens in Stripe's terms. Its form is a frame of another origin: it can't see the page's variables. */
export const appearanceOf = ({ color, length, fontFamily, isDark, overrides }: AppearanceInput): Appearance => ({
  theme: isDark ? 'night' : 'stripe',
  variables: {
    colorPrimary: color('--pw-accent'),
    colorBackground: color('--pw-surface'),
    colorText: color('--pw-text'),
    colorTextSecondary: color('--pw-text-quiet'),
    colorTextPlaceholder: color('--pw-text-quiet'),
    colorDanger: color('--pw-danger'),
    borderRadius: length('--pw-radius-control'),
    fontFamily,
    fontSizeBase: '16px',
    spacingUnit: '4px',
    ...overrides?.variables,
  },
  rules: {
    '.Input': { borderColor: color('--pw-line-strong'), boxShadow: 'none' },
    '.Input:focus': { borderColor: color('--pw-accent'), boxShadow: `0 0 0 1px ${color('--pw-accent')}` },
    '.Label': { color: color('--pw-text'), fontWeight: '500' },
    ...overrides?.rules,
  },
})
