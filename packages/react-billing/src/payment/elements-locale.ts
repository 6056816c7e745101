import type { StripeElementLocale } from '@stripe/stripe-js'

const regional = new Set([
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IN',
  'en-NZ',
  'en-SG',
  'es-ES',
  'fr-CA',
  'pt-BR',
  'zh-HK',
  'zh-TW',
])
const plain = new Set(
  'ar bg cs da de el en es et fi fil fr he hr hu id it ja ko lt lv ms mt nb nl no pl pt ro ru sk sl sv th tr vi zh'.split(
    ' ',
  ),
)

/** The locale of Stripe's form that is nearest to a BCP 47 one; `auto`, the browser's, for what it doesn't speak. */
export const elementsLocale = (locale: string): StripeElementLocale =>
  [locale, locale.split('-')[0]].find(isElementsLocale) ?? 'auto'

const isElementsLocale = (locale: string | undefined): locale is StripeElementLocale =>
  locale !== undefined && (regional.has(locale) || plain.has(locale))
