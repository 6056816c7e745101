import type { GrantKind } from '@paywright/contract'
import fc from 'fast-check'

type Money = { payment: number; amount: number }

/** What somebody may do to a book. `which` picks one of what is there. Times are minutes. */
export type Command =
  | { do: 'charge'; credits: number }
  | {
      do: 'grant'
      kind: GrantKind
      credits: number
      startsIn: number | null
      lasts: number | null
      rollover: { upTo: number; lasts: number } | null
    }
  | { do: 'buy'; credits: number; paidMinor: number; lasts: number | null }
  | { do: 'hold'; credits: number; lasts: number }
  | { do: 'capture'; which: number; credits: number; extra: boolean }
  | { do: 'release'; which: number }
  | ({ do: 'refund'; which: number; failed: boolean } & Money)
  | ({ do: 'dispute'; which: number; status: 'open' | 'won' | 'lost' } & Money)
  | { do: 'adjust'; credits: number }
  | { do: 'reverse'; which: number }
  | { do: 'freeze' | 'unfreeze' }
  | { do: 'top_up'; threshold: number | null }
  | { do: 'decline'; which: number }
  | { do: 'wait'; minutes: number }
  | { do: 'repeat'; which: number; changed: boolean }

const upTo = (max: number) => fc.integer({ min: 1, max })
const picks = fc.nat(50)

const money = {
  payment: picks,
  which: fc.nat(2),
  amount: fc.integer({ min: 0, max: 120 }),
}

const weighted = <T extends Record<string, unknown>>(weight: number, name: string, fields: T) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(name), ...(fields as Record<string, fc.Arbitrary<unknown>>) }),
})

export const command = fc.oneof(
  weighted(6, 'charge', { credits: upTo(12) }),
  weighted(3, 'grant', {
    kind: fc.constantFrom('free', 'promotional', 'plan', 'paid'),
    credits: upTo(20),
    startsIn: fc.option(fc.integer({ min: -2, max: 5 })),
    lasts: fc.option(fc.integer({ min: 0, max: 9 })),
    rollover: fc.option(fc.record({ upTo: fc.nat(15), lasts: fc.nat(15) })),
  }),
  weighted(2, 'buy', { credits: upTo(20), paidMinor: upTo(100), lasts: fc.option(upTo(20)) }),
  weighted(3, 'hold', { credits: upTo(10), lasts: upTo(6) }),
  weighted(2, 'capture', { which: picks, credits: upTo(12), extra: fc.boolean() }),
  weighted(1, 'release', { which: picks }),
  weighted(2, 'refund', { ...money, failed: fc.boolean() }),
  weighted(2, 'dispute', { ...money, status: fc.constantFrom('open', 'won', 'lost') }),
  weighted(1, 'adjust', { credits: fc.integer({ min: -8, max: 8 }).filter((credits) => credits !== 0) }),
  weighted(1, 'reverse', { which: picks }),
  weighted(1, 'freeze', {}),
  weighted(2, 'unfreeze', {}),
  weighted(1, 'top_up', { threshold: fc.option(upTo(20)) }),
  weighted(1, 'decline', { which: picks }),
  weighted(3, 'wait', { minutes: fc.integer({ min: -1, max: 4 }) }),
  weighted(2, 'repeat', { which: picks, changed: fc.boolean() }),
) as unknown as fc.Arbitrary<Command>
