/** One attempt to deliver an event; `at` and `ms` are milliseconds of real time. */
export interface DeliveryAttempt {
  readonly at: number
  readonly status: number
  readonly ms: number
}

export interface DeliveryView {
  readonly eventId: string
  readonly url: string
  readonly attempts: readonly DeliveryAttempt[]
  readonly state: 'pending' | 'delivered' | 'failed'
}

export interface WebhookState {
  readonly paused: boolean
  readonly pending: number
  readonly travel: { readonly delayMs: number; readonly duplicates: number; readonly order: 'inOrder' | 'shuffled' }
}

export interface DeskState {
  /** How many objects there are, by the name of their kind. */
  readonly counts: Readonly<Record<string, number>>
  readonly webhooks: WebhookState
  readonly keys: { readonly publishableKey: string }
}

/** The simulator's own steering API, from the page that shows its levers. */
export interface AdminClient {
  state(): Promise<DeskState>
  deliveries(): Promise<readonly DeliveryView[]>
  post(path: string, body: object): Promise<void>
}

export const createAdminClient = (url: () => string): AdminClient => {
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(new URL(`/_simulator/api${path}`, url()), init)
    if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${path}.`)
    return response.json()
  }
  return {
    state: async () => (await ask('/state')) as DeskState,
    deliveries: async () => ((await ask('/deliveries?limit=500')) as { data: DeliveryView[] }).data,
    post: async (path, body) => {
      await ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    },
  }
}
