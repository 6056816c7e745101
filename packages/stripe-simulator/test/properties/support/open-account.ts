import { createAccount } from '../../../src/create-account.ts'
import { createCore } from '../../../src/create-core.ts'
import { StripeFailure } from '../../../src/domain/failure.ts'
import type { StripeObject } from '../../../src/domain/objects/base.ts'
import { render } from '../../../src/domain/render.ts'
import { worldFor } from '../../../src/http/authenticate.ts'
import { createRouter, unservedParameter } from '../../../src/http/router.ts'
import { allRoutes } from '../../../src/http/routes.ts'
import { runCall } from '../../../src/http/run-call.ts'
import type { SimulatorOptions } from '../../../src/index.ts'
import type { SimulatorCore } from '../../../src/simulator-core.ts'
import { readSpec } from '../../../src/spec/document.ts'
import { listOperations } from '../../../src/spec/operations.ts'
import { createRequestValidator } from '../../../src/spec/request-validator.ts'
import type { World } from '../../../src/world.ts'

const spec = readSpec()
const router = createRouter(listOperations(spec), allRoutes)
const validate = createRequestValidator()

type Input = Record<string, unknown>

/** An account without a server in front: the same routes, thousands of calls a second. */
export interface OpenAccount {
  readonly world: World
  readonly core: SimulatorCore
  /** What the API would answer; Stripe's own refusals are thrown, and nothing else may be. */
  call<T = StripeObject>(key: string, input?: Input, account?: string): T
  advance(by: { readonly days?: number; readonly hours?: number; readonly to?: number }): void
}

/** Everything that can be turned on is. */
const everything: NonNullable<SimulatorOptions['settings']> = {
  paymentMethods: ['card', 'us_bank_account', 'sepa_debit'],
  bankAccountVerification: 'instant',
  debitSeconds: 3 * 86_400,
}

export const openAccount = (options: SimulatorOptions = {}): OpenAccount => {
  const now = options.now ?? (() => new Date('2026-01-15T12:00:00Z'))
  const account = createAccount({
    options: { ...options, now, settings: { ...everything, ...options.settings } },
    spec,
    url: () => 'http://127.0.0.1',
    onChange: () => undefined,
  })
  account.reset()
  const { accounts, world, catchUp } = account
  return {
    world,
    core: createCore({ accounts, publishableKey: account.keys.publishableKey, catchUp, onChange: () => undefined }),
    advance: (by) => account.leap(by),
    call: <T>(key: string, input: Input = {}, id?: string) => {
      const [method = '', path = ''] = key.split(' ')
      const { operation, ids } = router.match({ method, path })
      const route = router.routeOf(operation)
      const given = structuredClone(input)
      const failure = validate(operation, given)
      if (failure) throw failure
      const unserved = unservedParameter(route, given)
      if (unserved !== undefined) throw new TypeError(`${key} does not serve ${unserved}`)
      catchUp()
      const acting = worldFor(accounts, { authorization: undefined, account: id })
      const call = { world: acting, ids, path, input: given, key: account.keys.secretKey, publishable: false }
      return render(runCall(route, call, method) as StripeObject) as T
    },
  }
}

/** Stripe's refusals are answers; anything else is a defect and ends the test. */
export const refusable = (work: () => void): void => {
  try {
    work()
  } catch (cause) {
    if (!(cause instanceof StripeFailure) || cause.status >= 500) throw cause
  }
}
