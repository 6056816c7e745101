import type { Appearance } from '@stripe/stripe-js'
import type { StripeAppearance } from '../provider/billing-context.ts'

export type Rgb = [red: number, green: number, blue: number]

type TokenName = `--pw-${string}`

/** The kit's tokens, as the browser resolves them where the form stands. */
export type AppearanceInput = {
  color: (name: TokenName) => Rgb
  length: (name: TokenName) => string
  fontFamily: string
  overrides: StripeAppearance | undefined
}

/** The kit's tokens in Stripe's terms. Its form is a frame of another origin: it can't see the page's variables. */
export const appearanceOf = ({ color, length, fontFamily, overrides }: AppearanceInput): Appearance => {
  const css = (name: TokenName) => `rgb(${color(name).join(', ')})`
  const accent = css('--pw-accent')
  const quiet = css('--pw-text-quiet')
  return {
    theme: isDark(color('--pw-surface')) ? 'night' : 'stripe',
    variables: {
      colorPrimary: accent,
      colorBackground: css('--pw-surface'),
      colorText: css('--pw-text'),
      colorTextSecondary: quiet,
      colorTextPlaceholder: quiet,
      colorDanger: css('--pw-danger'),
      borderRadius: length('--pw-radius-control'),
      fontFamily,
      fontSizeBase: '16px',
      spacingUnit: '4px',
      ...overrides?.variables,
    },
    rules: {
      '.Input': { borderColor: css('--pw-line-strong'), boxShadow: 'none' },
      '.Input:focus': { borderColor: accent, boxShadow: `0 0 0 1px ${accent}` },
      ...overrides?.rules,
    },
  }
}

const isDark = ([red, green, blue]: Rgb): boolean => red + green + blue < 384
