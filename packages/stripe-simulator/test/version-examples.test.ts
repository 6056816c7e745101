import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toAcacia } from '../src/domain/versions/acacia.ts'
import type { Links } from '../src/domain/versions/json.ts'
import { type Fields, problemsOf } from './support/acacia-shapes.ts'

describe('Stripe’s own example of a', () => {
  const file = new URL('../spec/fixtures3.subset.json', import.meta.url)
  const { resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly resources: Readonly<Record<string, Fields>>
  }
  const links: Links = {
    find: (id) => resources[id.startsWith('price') ? 'price' : 'coupon'],
    planOf: () => resources.plan ?? {},
    paymentOf: () => ({ intent: 'pi_1', charge: 'ch_1' }),
    invoiceOf: () => 'in_1',
  }
  const moved = [
    'charge',
    'credit_note',
    'discount',
    'invoice',
    'line_item',
    'payment_intent',
    'promotion_code',
    'subscription',
    'subscription_item',
  ]

  it.each(moved)('%s has the fields of the older version once it is rendered in it', (name) => {
    const example = resources[name] ?? {}
    expect(problemsOf(example)).not.toEqual([])
    const older = toAcacia(example, links) as Fields
    expect(problemsOf(older)).toEqual([])
    expect(toAcacia(structuredClone(example), links)).toEqual(older)
  })
})
