/** What the provider and we have both. */
export type Mirrored = 'event' | 'subscription' | 'checkout' | 'purchase'

/** Where what we hold is not what the provider says; null: there is none. */
export type Difference = {
  kind: Mirrored
  /** The provider's id of it. */
  id: string
  field: string
  held: string | null
  provider: string | null
}

type Compared = { kind: Mirrored; id: string; held: object; truth: object | null }

/** Field by field, of either side. */
export const differencesOf = ({ kind, id, held, truth }: Compared): readonly Difference[] => {
  if (truth === null) return [{ kind, id, field: 'itself', held: 'there', provider: null }]
  const [ours, theirs] = [
    new Map<string, unknown>(Object.entries(held)),
    new Map<string, unknown>(Object.entries(truth)),
  ]
  return [...new Set([...theirs.keys(), ...ours.keys()])]
    .map((field) => ({ kind, id, field, held: toWords(ours.get(field)), provider: toWords(theirs.get(field)) }))
    .filter((each) => each.held !== each.provider)
}

const toWords = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
