import type { StripeObject } from '../domain/objects/base.ts'
import type { World } from '../world.ts'

export type Input = Readonly<Record<string, unknown>>

/** One API request, authenticated, matched and checked against the document. */
export interface Call {
  readonly world: World
  /** What stands in the path, in order: `/v1/customers/{id}` has one. */
  readonly ids: readonly string[]
  readonly path: string
  readonly input: Input
  /** The key that it was made with. */
  readonly key: string
  /** Made by a browser, with the publishable key. */
  readonly publishable: boolean
}

/** An object, or a list of them: Stripe answers nothing else. */
export type Answer = StripeObject | Readonly<Record<string, unknown>>

export interface Route {
  /** The parameters that have an effect here; any other is refused rather than ignored. */
  readonly serves: readonly string[]
  readonly run: (call: Call) => Answer
}

export type Routes = Readonly<Record<string, Route>>

/** Binds a handler to the parameters it honours. The input was checked against the document before it gets here. */
export const route = <I extends object>(serves: readonly string[], run: (call: Call, input: I) => Answer): Route => ({
  serves: ['expand', ...serves],
  run: (call) => run(call, call.input as I),
})

export const idOf = (call: Call): string => call.ids[0] ?? ''
