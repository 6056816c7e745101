import fc from 'fast-check'
import { expect, it } from 'vitest'
import { commandAmong } from './support/commands.ts'
import type { Command } from './support/deed.ts'
import { invoiceDeeds } from './support/invoice-deeds.ts'
import { playCommands } from './support/play.ts'

const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_028)

const start: readonly Command[] = [
  { name: 'subscribe', pick: 1, amount: 80 },
  { name: 'addPosition', pick: 0, amount: 900 },
  { name: 'draftInvoice', pick: 0, amount: 77 },
  { name: 'draftInvoice', pick: 3, amount: 22 },
]

const names = [
  ...Object.keys(invoiceDeeds),
  'changeCard',
  'changeItem',
  'finalizeInvoice',
  'payInvoice',
  'subscribe',
  'timePasses',
  'voidInvoice',
]

it(`whatever a server does with invoices of its own, they add up, and stay as they were finalized (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(commandAmong(names), { minLength: 10, maxLength: 40 }), (commands) => {
      playCommands([...start, ...commands], (problems, did) => expect({ did, problems }).toEqual({ did, problems: [] }))
    }),
    { seed, numRuns: 120 },
  )
})
