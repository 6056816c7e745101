import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerProblems } from '../support/answer-validator.ts'
import { command, deeds } from './support/commands.ts'
import { openAccount, refusable } from './support/open-account.ts'
import { playCommands } from './support/play.ts'
import { openShop } from './support/shop.ts'

const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_028)

it(`from any state, any command gives a legal state or Stripe’s refusal, and no money is lost (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 10, maxLength: 40 }), (commands) => {
      playCommands(commands, (problems, did) => expect({ did, problems }).toEqual({ did, problems: [] }))
    }),
    { seed, numRuns: 120 },
  )
})

const lists = [
  'credit_notes',
  'payment_intents',
  'invoices',
  'invoiceitems',
  'invoice_payments',
  'subscriptions',
  'charges',
  'refunds',
  'checkout/sessions',
  'events',
]

it(`whatever was done, every object is one that the document describes (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(command, { minLength: 20, maxLength: 30 }), (commands) => {
      const account = openAccount()
      const shop = openShop(account)
      for (const given of commands) refusable(() => deeds[given.name]?.(account, shop, given))
      const problems = lists.flatMap((list) => {
        const path = `/v1/${list}`
        return answerProblems('GET', path, account.call(`GET ${path}`, { limit: 100 }))
      })
      expect(problems).toEqual([])
    }),
    { seed, numRuns: 15 },
  )
})
