import type { Decorator } from '@storybook/react-vite'
import { useEffect, useState } from 'react'
import { BillingProvider, type BillingProviderProps } from '../src/index.ts'
import { de } from '../src/messages/de.ts'
import { en } from '../src/messages/en.ts'
import { createFakeBilling, type FakeBilling, type FakeScenario } from '../src/testing.ts'

/** What a story says about the world: `parameters.billing`. */
export type BillingParameters = {
  scenario?: () => FakeScenario
  provider?: Partial<BillingProviderProps>
  width?: 'narrow' | 'medium'
}

/** The world of a story, for its play function. */
const worlds = new WeakMap<HTMLElement, FakeBilling>()

const languages = { en, de }

export const withBilling: Decorator = (Story, { parameters, globals, canvasElement }) => {
  const { scenario, provider, width }: BillingParameters = parameters.billing ?? {}
  const [billing] = useState(() => createFakeBilling(scenario?.()))
  worlds.set(canvasElement, billing)
  const language = globals.language === 'de' ? 'de' : 'en'
  useEffect(() => {
    document.documentElement.dataset.scheme = globals.scheme
    document.documentElement.dir = globals.direction
    document.documentElement.lang = language
  }, [globals.scheme, globals.direction, language])
  return (
    <BillingProvider
      client={billing.client}
      stripe={billing.stripe}
      messages={languages[language]}
      locale={language}
      navigate={() => undefined}
      {...provider}
    >
      <main className={width && `story-${width}`}>
        <Story />
      </main>
    </BillingProvider>
  )
}

export const worldOf = (canvas: HTMLElement): FakeBilling => {
  const world = worlds.get(canvas)
  if (!world) throw new Error('This story has no billing around it.')
  return world
}
