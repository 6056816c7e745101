import type { Appearance } from '@stripe/stripe-js'
import { type RefObject, useEffect, useState } from 'react'
import { type StripeAppearance, useBilling } from '../provider/billing-context.ts'
import { appearanceOf, type Rgb } from './appearance.ts'

/** The appearance for Stripe's form as the tokens are at `place`, anew whenever scheme or theme change; null at first. */
export const useAppearance = (place: RefObject<HTMLElement | null>): Appearance | null => {
  const { appearance: overrides } = useBilling()
  const [appearance, setAppearance] = useState<Appearance | null>(null)
  useEffect(() => {
    const read = () => {
      if (place.current) setAppearance(appearanceAt(place.current, overrides))
    }
    read()
    return onThemeChange(read)
  }, [place, overrides])
  return appearance
}

const appearanceAt = (place: HTMLElement, overrides: StripeAppearance | undefined): Appearance => {
  const probe = place.appendChild(document.createElement('span'))
  const style = getComputedStyle(probe)
  const color = (name: string) => {
    probe.style.color = `var(${name})`
    return toRgb(style.color)
  }
  const length = (name: string) => {
    probe.style.borderRadius = `var(${name})`
    return style.borderStartStartRadius
  }
  const appearance = appearanceOf({ color, length, fontFamily: style.fontFamily, overrides })
  probe.remove()
  return appearance
}

/** Any CSS colour, `oklch()` too, as red, green and blue, which every version of Stripe's form takes. */
const toRgb = (color: string): Rgb => {
  const canvas = document.createElement('canvas').getContext('2d')
  if (!canvas) return [0, 0, 0]
  canvas.fillStyle = color
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}

/** A scheme changes with the system's setting, or with an attribute of the page's root. */
const onThemeChange = (listener: () => void): (() => void) => {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) => matchMedia(query))
  const observer = new MutationObserver(listener)
  for (const query of queries) query.addEventListener('change', listener)
  for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true })
  return () => {
    for (const query of queries) query.removeEventListener('change', listener)
    observer.disconnect()
  }
}
