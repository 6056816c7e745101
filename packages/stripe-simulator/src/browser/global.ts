import { httpBackend } from './backends/http.ts'
import { createSimulatedStripe } from './create-simulated-stripe.ts'

/** The simulator that served this script is the one to ask. */
const script = document.currentScript
const baseUrl = script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : window.location.origin

/** `loadStripe` takes `window.Stripe` when there is one; the release train keeps it from warning. */
const Stripe = Object.assign(
  function Stripe(publishableKey: string, { locale }: { readonly locale?: string } = {}) {
    const backend = httpBackend(baseUrl, publishableKey)
    return createSimulatedStripe({ backend, publishableKey, ...(locale === undefined ? {} : { locale }) })
  },
  { version: 'endive' },
)

Object.assign(window, { Stripe })
