import { expect, it } from 'vitest'
import { purchaseProgress } from './purchase-progress.ts'

it.each([
  ['succeeded', 'succeeded'],
  ['processing', 'waiting'],
  ['requires_action', 'waiting'],
  ['requires_payment_method', 'failed'],
  ['canceled', 'failed'],
] as const)('a confirmed purchase that is %s is %s', (status, progress) => {
  expect(purchaseProgress({ status })).toBe(progress)
})
