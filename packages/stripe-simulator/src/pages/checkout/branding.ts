import type { CheckoutSession } from '../../domain/objects/checkout.ts'
import { type Content, html } from '../html.ts'

const corners = { pill: '22px', rectangular: '0', rounded: '8px' } as const

const fonts: Readonly<Record<string, string>> = { default: 'system-ui, sans-serif', inter: 'Inter, sans-serif' }

const fontOf = (name: string): string => {
  const spoken = name.replaceAll('_', ' ')
  return fonts[name] ?? `"${spoken}", system-ui, sans-serif`
}

const channel = (value: number): number => {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Black or white: what can be read on a colour (WCAG's relative luminance). */
const readableOn = (colour: string): string => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(colour.slice(at, at + 2), 16)))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

/** The business's colours, corners and type as a stylesheet: inline styles are not allowed here. */
export const brandingSheet = ({ branding_settings: branding }: CheckoutSession): string => {
  if (!branding) return ''
  const { background_color: ground, border_style, button_color: button, font_family } = branding
  const scheme = readableOn(ground) === '#000000' ? 'light' : 'dark'
  const radius = corners[border_style]
  return `:root { color-scheme: ${scheme}; --ground: ${ground}; }
body { font-family: ${fontOf(font_family)}; }
button, input:not([type="radio"], [type="checkbox"]), select, textarea, .choice { border-radius: ${radius} !important; }
button.primary { color: ${readableOn(button)}; background: ${button}; }
`
}

export const brandingLink = ({ branding_settings, id }: CheckoutSession): Content =>
  branding_settings && html`<link rel="stylesheet" href="/_simulator/checkout/${id}/branding.css">`
