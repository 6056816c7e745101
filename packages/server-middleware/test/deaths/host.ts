import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { StripeSimulator } from '@paywright/stripe-simulator'
import { Stripe } from 'stripe'
import type { EffectType } from '../../src/domain/event.ts'
import { catalog } from '../inbox/histories.ts'

export type Mode = 'inline' | 'queued'

/** `diesAt`: the step at which it kills itself, by its number or its name; never, when it is null. */
export type Life = { dbName: string; mode: Mode; now: Date; diesAt: number | string | null; flaw?: string | undefined }

export type StripeEvent = { id: string; type: string }

type Line = { port?: number; did?: string; step?: string; told?: string; sent?: string }

const program = fileURLToPath(new URL('./host.mjs', import.meta.url))
const webhookSecret = 'whsec_deaths'

const effectTypes: readonly EffectType[] = [
  'purchase.succeeded',
  'purchase.refunded',
  'subscription.activated',
  'subscription.changed',
  'invoice.paid',
  'dispute.opened',
  'event.dead',
]

/** A process that serves the billing router, and what it has said in its present life. */
export class Host {
  readonly steps: string[] = []
  readonly told: string[] = []
  readonly sent: string[] = []
  readonly #child: ChildProcess
  readonly #gone: Promise<unknown>
  #url = ''
  #onDid: () => void = () => undefined

  static async start(uri: string, { url, keys }: StripeSimulator): Promise<Host> {
    const { secretKey, publishableKey } = keys
    const stripe = { secretKey, publishableKey, webhookSecrets: [webhookSecret], apiBase: url }
    const setup = JSON.stringify({ uri, catalog, stripe, effectTypes })
    const child = spawn(process.execPath, [program, setup], { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })
    const host = new Host(child, once(lines, 'close'))
    const begun = once(lines, 'line')
    lines.on('line', (line) => host.#hear(JSON.parse(line) as Line))
    await Promise.race([begun, once(child, 'exit')])
    return host
  }

  private constructor(child: ChildProcess, lastWord: Promise<unknown>) {
    this.#child = child
    this.#gone = Promise.all([once(child, 'exit'), lastWord])
  }

  get url(): string {
    return `${this.#url}/billing`
  }

  get isDead(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  async begin(life: Life): Promise<void> {
    await this.#must('begin', life)
    for (const said of [this.steps, this.told, this.sent]) said.length = 0
  }

  /** Every job of the worker runs once. False when the host died of it, or before: then its last word has been heard. */
  pass(): Promise<boolean> {
    return this.#do('pass')
  }

  /** From now on it does not die. False when it has. */
  live(): Promise<boolean> {
    return this.#do('live')
  }

  /** So much time passes for it; the worker's jobs notice when `pass` says so. */
  wait(seconds: number): Promise<void> {
    return this.#must('wait', { seconds })
  }

  end(): Promise<void> {
    return this.#must('end')
  }

  /** Whether it was answered with 2xx. */
  deliver(event: StripeEvent): Promise<boolean> {
    const body = JSON.stringify(event)
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret: webhookSecret })
    return this.#post('/billing/webhook', { body, headers: { 'stripe-signature': signature } })
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#gone
  }

  async #must(deed: string, input: object = {}): Promise<void> {
    if (!(await this.#do(deed, input))) throw new Error(`The host died before it could ${deed}.`)
  }

  async #do(deed: string, input: object = {}): Promise<boolean> {
    const said = new Promise<void>((resolve) => {
      this.#onDid = resolve
    })
    const isDone = await this.#post(`/host/${deed}`, { body: JSON.stringify(input) })
    if (!isDone && !this.isDead) throw new Error(`The host could not ${deed}.`)
    // What it said before has been heard by then.
    if (isDone) await said
    return isDone
  }

  /** False, too, when it died before it had answered. */
  async #post(path: string, { body, headers }: { body: string; headers?: Record<string, string> }): Promise<boolean> {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }
    try {
      const response = await fetch(`${this.#url}${path}`, init)
      await response.arrayBuffer()
      return response.ok
    } catch {
      await this.#gone
      if (this.#child.signalCode === 'SIGKILL') return false
      throw new Error('The host ended by itself.')
    }
  }

  #hear({ port, did, step, told, sent }: Line): void {
    if (did !== undefined) this.#onDid()
    if (port !== undefined) this.#url = `http://127.0.0.1:${port}`
    if (step !== undefined) this.steps.push(step)
    if (told !== undefined) this.told.push(told)
    if (sent !== undefined) this.sent.push(sent)
  }
}
