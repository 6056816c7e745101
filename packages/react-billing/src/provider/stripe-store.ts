/** The part of Stripe.js that tells it from something else; `@paywright/react-billing/payment` uses the rest. */
export type StripeObject = Record<'elements' | 'createToken' | 'createPaymentMethod' | 'confirmCardPayment', unknown>

export type StripeSource = StripeObject | null | PromiseLike<StripeObject | null>

/** How far the loading of Stripe.js has come. `blocked`: an ad blocker, a firewall or a broken line stopped it. */
export type StripeLoad =
  | { state: 'idle' }
  | { state: 'loading' }
  | { state: 'ready'; stripe: StripeObject }
  | { state: 'blocked'; error: unknown }

export type StripeLoader = () => StripeSource

export type StripeStore = {
  get(): StripeLoad
  subscribe(listener: () => void): () => void
  /** Starts loading, once; `retry` starts again after `blocked`. */
  load(loader: StripeLoader): void
  retry(): void
}

const patienceMs = 15_000

/** Holds one provider's Stripe.js. */
export const createStripeStore = (): StripeStore => {
  const listeners = new Set<() => void>()
  let current: StripeLoad = { state: 'idle' }
  let loader: StripeLoader | null = null
  const move = (next: StripeLoad) => {
    current = next
    for (const listener of listeners) listener()
  }
  const start = async () => {
    if (loader === null) return
    move({ state: 'loading' })
    move(await outcomeOf(loader))
  }
  return {
    get: () => current,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load: (next) => {
      if (current.state !== 'idle') return
      loader = next
      void start()
    },
    retry: () => {
      if (current.state === 'blocked') void start()
    },
  }
}

const outcomeOf = async (loader: StripeLoader): Promise<StripeLoad> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Stripe.js took too long.')), patienceMs)
  })
  try {
    const stripe = await Promise.race([loader(), tooLate])
    return stripe === null ? { state: 'blocked', error: null } : { state: 'ready', stripe }
  } catch (error) {
    return { state: 'blocked', error }
  } finally {
    clearTimeout(timer)
  }
}
