import type { StripeCheckoutSession, StripeError } from '@stripe/stripe-js'
import {
  type Answer,
  type PageChange,
  type PaymentPage,
  type SessionRef,
  type StripeBackend,
  sessionRefOf,
} from '../backend.ts'
import { IntegrationError } from '../integration-error.ts'

/** What every action of the Checkout SDK resolves with. */
export type Result<E = { readonly message: string; readonly code: null }> =
  | { readonly type: 'success'; readonly session: StripeCheckoutSession }
  | { readonly type: 'error'; readonly error: E }

export interface PageState {
  load(): Promise<Answer<PaymentPage>>
  /** @throws IntegrationError before it has loaded. */
  page(): PaymentPage
  ref(): SessionRef
  session(): StripeCheckoutSession
  change(change: PageChange): Promise<Answer<PaymentPage>>
  refresh(): Promise<Answer<PaymentPage>>
  take(answer: Answer<PaymentPage>): Answer<PaymentPage>
  /** Looks again whether it can be confirmed, and tells if that has changed. */
  follow(): void
}

export interface PageStateInput {
  readonly backend: StripeBackend
  readonly clientSecret: Promise<string> | string
  /** What is told as soon as the session is there. */
  readonly first: PageChange
  /** Whether the form of this page may be sent. */
  readonly isFormComplete: () => boolean
  readonly onChange: (session: StripeCheckoutSession) => void
}

const noSecret: StripeError = {
  type: 'invalid_request_error',
  message: 'The client secret of a Checkout Session is needed here: cs_test_…_secret_….',
}

/** A session as the page that pays it knows it, and the only way to change it. */
export const createPageState = ({
  backend,
  clientSecret,
  first,
  isFormComplete,
  onChange,
}: PageStateInput): PageState => {
  let known: PaymentPage | undefined
  let knownRef: SessionRef | undefined
  let loading: Promise<Answer<PaymentPage>> | undefined
  let told = ''

  const page = (): PaymentPage => {
    if (known) return known
    throw new IntegrationError('The Checkout Session has not loaded yet: wait for loadActions().')
  }
  const ref = (): SessionRef => knownRef ?? { id: '', clientSecret: '' }
  const session = (): StripeCheckoutSession => {
    const { session: now, needs_method: needsMethod } = page()
    return { ...now, canConfirm: now.canConfirm && (!needsMethod || isFormComplete()) }
  }
  const follow = (): void => {
    const now = known && JSON.stringify(session())
    if (now === undefined || now === told) return
    const isFirst = told === ''
    told = now
    if (!isFirst) onChange(session())
  }
  const take = (answer: Answer<PaymentPage>): Answer<PaymentPage> => {
    if (answer.value) {
      known = answer.value
      follow()
    }
    return answer
  }
  const change = async (changes: PageChange) => take(await backend.changePage(ref(), changes))
  const start = async (): Promise<Answer<PaymentPage>> => {
    knownRef = sessionRefOf(await clientSecret)
    if (!knownRef) return { error: noSecret }
    const answer = await backend.retrievePage(knownRef)
    const isTold = answer.value?.session.status.type === 'open' && Object.keys(first).length > 0
    return take(isTold ? await backend.changePage(knownRef, first) : answer)
  }
  return {
    load: () => {
      loading ??= start()
      return loading
    },
    page,
    ref,
    session,
    change,
    refresh: async () => take(await backend.retrievePage(ref())),
    take,
    follow,
  }
}
