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

/** Field by field of what we hold. */
export const differencesOf = ({ kind, id, held, truth }: Compared): readonly Difference[] => {
  if (truth === null) return [{ kind, id, field: 'itself', held: 'there', provider: null }]
  const told: Readonly<Record<string, unknown>> = { ...truth }
  return Object.entries({ ...told, ...held }).flatMap(([field, value]) => {
    const [ours, theirs] = [toWords(value), toWords(told[field])]
    return ours === theirs ? [] : [{ kind, id, field, held: ours, provider: theirs }]
  })
}

const toWords = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
