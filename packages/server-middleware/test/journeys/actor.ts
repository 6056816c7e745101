import { randomUUID } from 'node:crypto'
import type {
  AnyProblem,
  ChargeResponse,
  CheckoutResponse,
  CheckResponse,
  Credits,
  Interval,
  Purchase,
  StartedPurchase,
  Status,
} from '@paywright/contract'

export type Answer<Body> = { status: number; body: Body; headers: Headers }

/** Somebody with a session in the host's app, and the buttons they can press. */
export class Actor {
  readonly #billingUrl: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(billingUrl: string, headers: Readonly<Record<string, string>>) {
    this.#billingUrl = billingUrl
    this.#headers = headers
  }

  async get<Body = unknown>(path: string): Promise<Answer<Body>> {
    return read(await fetch(`${this.#billingUrl}${path}`, { headers: this.#headers }))
  }

  async post<Body = unknown>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const init = { 'content-type': 'application/json', ...this.#headers, ...headers }
    return read(
      await fetch(`${this.#billingUrl}${path}`, { method: 'POST', headers: init, body: JSON.stringify(body) }),
    )
  }

  check = async () => (await this.post<CheckResponse>('/credits/check', {})).body

  /** Spends one use; the answer may be a refusal. */
  ask = (key: string = randomUUID()) =>
    this.post<ChargeResponse & AnyProblem>(
      '/credits/charges',
      { description: 'Asked the agent' },
      { 'idempotency-key': key },
    )

  credits = async (unit?: string) => (await this.get<Credits>(unit ? `/credits?unit=${unit}` : '/credits')).body

  startsPurchase = async (packId?: string) => (await this.post<StartedPurchase>('/purchases', { packId })).body

  purchase = async (paymentId: string) => (await this.get<Purchase>(`/purchases/${paymentId}`)).body

  startsCheckout = (planId: string, interval: Interval = 'month') =>
    this.post<CheckoutResponse & AnyProblem>('/checkout', { planId, interval, returnPath: '/account' })

  status = async (query = '') => (await this.get<Status>(`/status${query}`)).body

  opensPortal = async () => (await this.post<{ url: string }>('/portal', { returnPath: '/account' })).body.url
}

const read = async <Body>(response: Response): Promise<Answer<Body>> => ({
  status: response.status,
  body: (await response.json()) as Body,
  headers: response.headers,
})
