import {
  Elements,
  EmbeddedCheckout,
  EmbeddedCheckoutProvider,
  ExpressCheckoutElement as PlainExpress,
  PaymentElement as PlainPayment,
  useElements,
  useStripe,
} from '@stripe/react-stripe-js'
import {
  BillingAddressElement,
  CheckoutElementsProvider,
  ExpressCheckoutElement,
  PaymentElement,
  useCheckoutElements,
} from '@stripe/react-stripe-js/checkout'
import type {
  Appearance,
  PaymentIntentResult,
  Stripe,
  StripeElements,
  StripeExpressCheckoutElementConfirmEvent,
} from '@stripe/stripe-js'
import { type FormEvent, StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { createSimulatedStripe, memoryBackend } from '../../../src/browser/index.ts'

/** A host's page for each of Stripe's providers. The query says which, and with which secret. */
const query = new URLSearchParams(window.location.search)
const secret = query.get('secret') ?? ''
const theme = (query.get('theme') ?? 'stripe') as NonNullable<Appearance['theme']>
const appearance: Appearance = {
  theme,
  ...(query.has('rules')
    ? { rules: { '.Input': { borderRadius: '0px' }, '.Label': { textTransform: 'uppercase' } } }
    : {}),
}

const backend = memoryBackend()
const inMemory = (): Stripe => createSimulatedStripe({ backend, publishableKey: 'pk_test_page' })
const stripe = query.has('memory') ? inMemory() : (window.Stripe?.(query.get('key') ?? '') ?? null)

const events: { readonly type: string; readonly event: unknown }[] = []
const note = (type: string) => (event?: unknown) => {
  events.push({ type, event })
}
Object.assign(window, { events, stripe })

const returnUrl = new URL('/thanks', window.location.href).href

const Embedded = () => {
  const [isDone, setIsDone] = useState(false)
  const [options] = useState(() => ({
    ...(query.has('fetch') ? { fetchClientSecret: async () => secret } : { clientSecret: secret }),
    onComplete: () => setIsDone(true),
  }))
  return (
    <EmbeddedCheckoutProvider stripe={stripe} options={options}>
      <EmbeddedCheckout />
      <p role="status">{isDone ? 'complete' : ''}</p>
    </EmbeddedCheckoutProvider>
  )
}

const redirect = query.has('always') ? 'always' : 'if_required'

const Form = () => {
  const state = useCheckoutElements()
  const [result, setResult] = useState('')
  if (state.type === 'loading') return <p>Loading</p>
  if (state.type === 'error') return <p role="alert">{state.error.message}</p>
  const { checkout } = state
  const say = (outcome: Awaited<ReturnType<typeof checkout.confirm>>): void => {
    if (outcome.type === 'success') setResult(`success ${outcome.session.status.type}`)
    else setResult(`${outcome.error.code} ${outcome.error.message}`)
  }
  const pay = async (event: FormEvent) => {
    event.preventDefault()
    say(await checkout.confirm({ redirect }))
  }
  const payExpress = async (event: StripeExpressCheckoutElementConfirmEvent) => {
    events.push({ type: 'confirm', event: event.billingDetails?.email })
    say(
      await checkout.confirm({
        redirect,
        expressCheckoutConfirmEvent: event,
        email: event.billingDetails?.email ?? '',
      }),
    )
  }
  const [line] = checkout.lineItems
  return (
    <form onSubmit={pay}>
      <p>
        Total <strong className="total">{checkout.total.total.amount}</strong>,{' '}
        {checkout.canConfirm ? 'ready' : 'not ready'}
      </p>
      <label>
        Email <input onBlur={(event) => void checkout.updateEmail(event.target.value)} />
      </label>
      <button
        type="button"
        onClick={async () => {
          const outcome = await checkout.applyPromotionCode('AUTUMN20')
          setResult(outcome.type === 'error' ? `${outcome.error.code} ${outcome.error.message}` : 'applied')
        }}
      >
        Apply
      </button>
      <button type="button" onClick={() => void checkout.removePromotionCode()}>
        Take it off
      </button>
      <button
        type="button"
        onClick={() => void checkout.updateLineItemQuantity({ lineItem: line?.id ?? '', quantity: 3 })}
      >
        Three of it
      </button>
      {query.has('express') && (
        <ExpressCheckoutElement onReady={note('ready')} onConfirm={payExpress} onCancel={note('cancel')} />
      )}
      {query.has('billing') && <BillingAddressElement onChange={note('address')} />}
      <PaymentElement onReady={note('ready')} onChange={note('change')} />
      <button type="submit">Pay</button>
      <p role="status">{result}</p>
    </form>
  )
}

const memorySecret = (): string =>
  backend.openCheckoutSession({
    currency: 'usd',
    lines: [{ name: '20 uses', amount: 500, isAdjustable: true }],
  }).client_secret

const Custom = () => {
  const [options] = useState(() => ({
    clientSecret: query.has('memory') ? memorySecret() : secret,
    elementsOptions: { appearance },
  }))
  return (
    <CheckoutElementsProvider stripe={stripe} options={options}>
      <Form />
    </CheckoutElementsProvider>
  )
}

const inWords = ({ error, paymentIntent }: PaymentIntentResult): string =>
  error ? `${error.code} ${error.decline_code ?? ''}`.trim() : paymentIntent.status

const payWith = async (stripe: Stripe, elements: StripeElements): Promise<string> => {
  const { error: incomplete } = await elements.submit()
  if (incomplete) return incomplete.message ?? ''
  const { client_secret: clientSecret } = backend.openPaymentIntent({ amount: 500, currency: 'usd' })
  const confirmParams = { return_url: returnUrl }
  return inWords(
    await stripe.confirmPayment({ elements, clientSecret: clientSecret ?? '', confirmParams, redirect: 'if_required' }),
  )
}

const Wallet = () => {
  const stripe = useStripe()
  const elements = useElements()
  const [result, setResult] = useState('')
  const pay = async (event?: StripeExpressCheckoutElementConfirmEvent) => {
    events.push({ type: 'confirm', event: event?.expressPaymentType })
    if (stripe && elements) setResult(await payWith(stripe, elements))
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void pay()
      }}
    >
      <PlainExpress
        onReady={note('ready')}
        onClick={({ resolve, reject, expressPaymentType }) => {
          events.push({ type: 'click', event: expressPaymentType })
          if (query.has('rejects')) reject()
          else resolve({ lineItems: [{ name: '20 uses', amount: 500 }] })
        }}
        onConfirm={pay}
        onCancel={note('cancel')}
        {...(query.has('no-wallet') ? { options: { paymentMethods: { googlePay: 'never' as const } } } : {})}
      />
      {query.has('payment') && <PlainPayment onReady={note('ready')} onChange={note('change')} />}
      <button type="submit">Pay $5.00</button>
      <p role="status">{result}</p>
    </form>
  )
}

const cards = (query.get('cards') ?? '').split(',').filter((number) => number !== '')

const Deferred = () => {
  const [options] = useState(() => ({
    mode: 'payment' as const,
    amount: 500,
    currency: 'usd',
    appearance,
    ...(cards.length === 0 ? {} : { customerSessionClientSecret: backend.openCustomerSession(cards).client_secret }),
  }))
  return (
    <Elements stripe={stripe} options={options}>
      <Wallet />
    </Elements>
  )
}

const pages: Readonly<Record<string, () => React.JSX.Element>> = {
  embedded: Embedded,
  custom: Custom,
  deferred: Deferred,
}
const Page = pages[query.get('page') ?? ''] ?? Deferred
const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
