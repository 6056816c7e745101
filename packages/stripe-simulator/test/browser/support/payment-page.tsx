import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js'
import type { StripeElements, StripeElementsOptions, StripeError } from '@stripe/stripe-js'
import { type FormEvent, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createSimulatedStripe, type MemoryScenario, memoryBackend } from '../../../src/browser/index.ts'

/** A host's page as Stripe documents it, with a deferred intent. The query says how it is built. */
const query = new URLSearchParams(window.location.search)

const scenario: MemoryScenario = {}
if (query.has('challenge-elsewhere')) scenario.challengeUrl = new URL('/elsewhere', window.location.href).href

const backend = memoryBackend(scenario)
const stripe = createSimulatedStripe({ backend, publishableKey: 'pk_test_page' })

const events: { type: string; event: unknown }[] = []
const note = (type: string) => (event?: unknown) => {
  events.push({ type, event: type === 'ready' ? undefined : event })
}

const terms = { amount: 500, currency: 'usd' }
const started: StripeElementsOptions = query.has('setup')
  ? { mode: 'setup', currency: 'usd' }
  : { mode: 'payment', ...terms }

const secretFor = (savedCard?: string): string | null =>
  query.has('setup')
    ? backend.openSetupIntent().client_secret
    : backend.openPaymentIntent(savedCard === undefined ? terms : { ...terms, savedCard }).client_secret

const harness = {
  backend,
  stripe,
  scenario,
  events,
  secretFor,
  elements: null as StripeElements | null,
  change: (_options: StripeElementsOptions): void => undefined,
  show: (_isShown: boolean): void => undefined,
}
Object.assign(window, { harness })

/** `succeeded`, or `card_error card_declined insufficient_funds`. */
const inWords = ({ error, ...done }: { error?: StripeError | undefined }): string => {
  const [intent] = Object.values(done as Record<string, { status: string }>)
  if (!error) return intent?.status ?? ''
  return [error.type, error.code, error.decline_code].filter((word) => word !== undefined).join(' ')
}

const Checkout = () => {
  const stripe = useStripe()
  const elements = useElements()
  const [result, setResult] = useState('')
  harness.elements = elements
  const pay = async (event: FormEvent) => {
    event.preventDefault()
    if (!stripe || !elements) return
    const { error: incomplete } = await elements.submit()
    if (incomplete) return setResult(`${incomplete.type} ${incomplete.code}`)
    const confirm = query.has('setup') ? stripe.confirmSetup : stripe.confirmPayment
    const { error, ...done } = await confirm({
      elements,
      clientSecret: secretFor() ?? '',
      confirmParams: { return_url: new URL('/thanks', window.location.href).href },
      redirect: 'if_required',
    })
    setResult(inWords({ error, ...done }))
  }
  return (
    <form onSubmit={pay}>
      <PaymentElement
        onReady={note('ready')}
        onChange={note('change')}
        onFocus={note('focus')}
        onBlur={note('blur')}
        onEscape={note('escape')}
        onLoaderStart={note('loaderstart')}
        onLoadError={note('loaderror')}
      />
      <button type="submit">Pay $5.00</button>
      <p role="status">{result}</p>
    </form>
  )
}

const Page = () => {
  const [options, setOptions] = useState(started)
  const [isShown, setIsShown] = useState(true)
  const [injected] = useState(() => (query.has('promise') ? Promise.resolve(stripe) : stripe))
  Object.assign(harness, { change: setOptions, show: setIsShown })
  return isShown ? (
    <Elements stripe={injected} options={options}>
      <Checkout />
    </Elements>
  ) : null
}

const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    query.has('strict') ? (
      <StrictMode>
        <Page />
      </StrictMode>
    ) : (
      <Page />
    ),
  )

export type Harness = typeof harness
