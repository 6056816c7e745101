import { describe, expect, it } from 'vitest'
import { purchaseIdOf, toMetadata } from './metadata.ts'

const labels = {
  accountId: 'workspace1',
  userId: 'ada',
  packId: 'uses20',
  purchaseId: 'p1',
  source: 'app',
  createdVia: 'paywright',
}

describe('labels as metadata', () => {
  it('is what they say, and nothing for what they leave out', () => {
    expect(toMetadata(labels)).toEqual(labels)
    expect(toMetadata({ accountId: 'a', source: 'app', createdVia: 'paywright' })).not.toHaveProperty('userId')
  })

  it('gives the purchase back', () => {
    expect(purchaseIdOf(toMetadata(labels))).toBe('p1')
  })

  it('does not take the metadata of others for ours', () => {
    expect(purchaseIdOf({ purchaseId: 'theirs' })).toBeNull()
    expect(purchaseIdOf({})).toBeNull()
  })
})
