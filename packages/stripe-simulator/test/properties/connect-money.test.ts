import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StripeObject } from '../../src/domain/objects/base.ts'
import type { World } from '../../src/world.ts'
import { answerProblems } from '../support/answer-validator.ts'
import { type OpenAccount, openAccount, refusable } from './support/open-account.ts'

const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_028)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

interface Move {
  readonly name: string
  readonly pick: number
  readonly amount: number
}

interface Platform extends OpenAccount {
  readonly ids: readonly string[]
}

type Deed = (platform: Platform, move: Move) => void

const one = <T>(values: readonly T[], index: number): T | undefined => values[index % Math.max(values.length, 1)]

const openPlatform = (): Platform => {
  const account = openAccount()
  const controller = { fees: { payer: 'application' } }
  const ids = [{ type: 'express' }, { controller }].map((input) => account.call('POST /v1/accounts', input).id)
  for (const id of ids) account.core.onboardAccount(id)
  return { ...account, ids }
}

const cards = ['pm_card_visa', 'pm_card_bypassPending', 'pm_card_visa_chargeDeclined', 'pm_card_threeDSecure2Required']

const paidWith = ({ pick, amount }: Move) => ({
  amount,
  currency: 'usd',
  confirm: true,
  payment_method: one(cards, pick),
  return_url: 'https://example.com/back',
  ...(amount % 3 === 0 ? { capture_method: 'manual' } : {}),
})

const newestOf = (
  world: World | undefined,
  name: 'charge' | 'payment_intent',
  pick: number,
): StripeObject | undefined => one(world?.store.all(name).filter(({ id }) => !id.startsWith('py_')) ?? [], pick)

const whole = (amount: number): { amount?: number } => (amount % 2 === 0 ? {} : { amount: 1 + (amount % 700) })

/** Somebody of all the accounts, the platform among them. */
const actor = ({ ids, world }: Platform, pick: number) => {
  const account = one([undefined, ...ids], pick)
  return { account, in: account === undefined ? world : world.accounts.connected(account) }
}

const deeds: Readonly<Record<string, Deed>> = {
  direct: ({ call, ids }, move) => {
    const fee = move.pick % 2 === 0 ? { application_fee_amount: move.amount % 900 } : {}
    call('POST /v1/payment_intents', { ...paidWith(move), ...fee }, one(ids, move.pick))
  },
  destination: ({ call, ids }, move) => {
    const destination = one(ids, move.amount)
    const part = move.amount % 5 === 0 ? { amount: Math.floor(move.amount / 2) } : {}
    const fee = move.amount % 5 === 0 ? {} : { application_fee_amount: move.amount % 1300 }
    call('POST /v1/payment_intents', { ...paidWith(move), ...fee, transfer_data: { destination, ...part } })
  },
  plain: ({ call }, move) => {
    call('POST /v1/payment_intents', paidWith(move))
  },
  capture: (platform, { pick, amount }) => {
    const { account, in: world } = actor(platform, pick)
    const part = amount % 2 === 0 ? { amount_to_capture: 1 + (amount % 500) } : {}
    const intent = newestOf(world, 'payment_intent', amount)
    platform.call(`POST /v1/payment_intents/${intent?.id}/capture`, part, account)
  },
  transfer: ({ call, ids, world }, { pick, amount }) => {
    const source = pick % 2 === 0 ? { source_transaction: newestOf(world, 'charge', pick)?.id ?? 'ch_none' } : {}
    call('POST /v1/transfers', { amount, currency: 'usd', destination: one(ids, pick), ...source })
  },
  reverse: ({ call, world }, { pick, amount }) => {
    const refund_application_fee = amount % 3 === 0
    const id = one(world.store.all('transfer'), pick)?.id
    call(`POST /v1/transfers/${id}/reversals`, { ...whole(amount), refund_application_fee })
  },
  refundFee: ({ call, world }, { pick, amount }) => {
    call(`POST /v1/application_fees/${one(world.store.all('application_fee'), pick)?.id}/refunds`, whole(amount))
  },
  refund: (platform, { pick, amount }) => {
    const { account, in: world } = actor(platform, pick)
    const terms = { reverse_transfer: amount % 3 === 0, refund_application_fee: amount % 4 < 2 }
    platform.call(
      'POST /v1/refunds',
      { charge: newestOf(world, 'charge', amount)?.id, ...whole(amount), ...terms },
      account,
    )
  },
  challenge: ({ core, world }, { pick }) => {
    const asked = world.accounts.all().flatMap(({ store }) => store.all('payment_intent'))
    const id = one(
      asked.filter(({ status }) => status === 'requires_action'),
      pick,
    )?.id
    if (id !== undefined) core.completeChallenge(id, 'complete')
  },
  restrict: ({ core, ids }, { pick }) => {
    core.demandOfAccount(one(ids, pick) ?? '', 'individual.verification.document')
  },
  onboard: ({ core, ids }, { pick }) => {
    core.onboardAccount(one(ids, pick) ?? '')
  },
  timePasses: ({ advance }, { pick }) => advance({ days: pick % 9 }),
}

const move: fc.Arbitrary<Move> = fc.record({
  name: fc.constantFrom(...Object.keys(deeds)),
  pick: fc.nat(40),
  amount: fc.integer({ min: 20, max: 4000 }),
})

const transactionsOf = (worlds: readonly World[]) => worlds.flatMap(({ store }) => store.all('balance_transaction'))

/** What Stripe has had of all the accounts. */
const stripesShare = (worlds: readonly World[]): number =>
  sum(
    transactionsOf(worlds).map(({ type, amount, fee_details }) => {
      const fees = fee_details as readonly { type: string; amount: number }[]
      const taken = sum(fees.filter((fee) => fee.type === 'stripe_fee').map((fee) => fee.amount))
      return type === 'stripe_fee' ? taken - amount : taken
    }),
  )

const paidIn = (worlds: readonly World[]): number =>
  sum(
    worlds.flatMap(({ store }) =>
      store
        .all('charge')
        .filter(
          ({ status, captured, source_transfer }) => status === 'succeeded' && captured && source_transfer === null,
        )
        .map(({ amount, amount_refunded }) => amount - amount_refunded),
    ),
  )

const partsOf = (platform: World): string[] => {
  const { store } = platform
  const transfers = store.all('transfer').map((transfer) => {
    const back = sum(
      store
        .all('transfer_reversal')
        .filter((each) => each.transfer === transfer.id)
        .map((each) => each.amount),
    )
    const payment = platform.accounts.connected(transfer.destination)?.store.get('charge', transfer.destination_payment)
    const agrees = payment?.amount === transfer.amount && payment.amount_refunded === back
    return agrees && back === transfer.amount_reversed && back <= transfer.amount ? '' : `${transfer.id} is off`
  })
  const fees = store.all('application_fee').map((fee) => {
    const back = sum(
      store
        .all('fee_refund')
        .filter((each) => each.fee === fee.id)
        .map((each) => each.amount),
    )
    return back === fee.amount_refunded && back <= fee.amount ? '' : `${fee.id} is off`
  })
  return [...transfers, ...fees].filter((problem) => problem !== '')
}

const lostMoney = ({ world }: Platform): string[] => {
  const worlds = world.accounts.all()
  const held = sum(transactionsOf(worlds).map(({ net }) => net))
  const expected = paidIn(worlds) - stripesShare(worlds)
  return [...partsOf(world), ...(held === expected ? [] : [`${held} is held, ${expected} was paid and kept`])]
}

const shown = ['transfers', 'application_fees', 'charges', 'refunds', 'balance_transactions', 'accounts']

it(`whoever is paid, and whatever goes back: charged is refunded, Stripe’s, or held by one of the accounts (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(move, { minLength: 10, maxLength: 40 }), (moves) => {
      const platform = openPlatform()
      for (const given of moves) {
        refusable(() => deeds[given.name]?.(platform, given))
        expect({ given, problems: lostMoney(platform) }).toEqual({ given, problems: [] })
      }
    }),
    { seed, numRuns: 120 },
  )
})

it(`whatever was done, every account’s objects are ones that the document describes (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(move, { minLength: 20, maxLength: 30 }), (moves) => {
      const platform = openPlatform()
      for (const given of moves) refusable(() => deeds[given.name]?.(platform, given))
      const problems = [undefined, ...platform.ids].flatMap((account) =>
        shown.flatMap((list) => {
          const path = `/v1/${list}`
          return answerProblems('GET', path, platform.call(`GET ${path}`, { limit: 100 }, account))
        }),
      )
      expect(problems).toEqual([])
    }),
    { seed, numRuns: 15 },
  )
})
