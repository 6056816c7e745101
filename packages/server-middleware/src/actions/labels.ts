import type { Labels } from '../domain/provider-call.ts'
import type { Deps } from '../ports/deps.ts'

/** What our objects at the provider say about themselves. */
export const toLabels = ({ policy }: Deps, about: Omit<Labels, 'source' | 'createdVia'>): Labels => ({
  ...about,
  source: policy.source,
  createdVia: 'paywright',
})
